using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LondonDefender.Tests.Hosting;

/// <summary>The command as somebody at a console runs it.</summary>
public sealed class DoctorTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_healthy_paper_is_said_to_be_one()
    {
        var (code, said) = await AskAsync($"--urls={newsroom.Address}");

        Assert.Equal((0, "The paper can run."), (code, said[^1]));
        Assert.All(
            ["well   Settings    All are known", "well   Port        A paper runs", "well   Migrations  All ", "well   Rights", "well   Clock", "well   Pictures    Pictures can be kept", "mind   Address     Paper:Address is not set"],
            start => Assert.Contains(said, line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--Hosting:DataFoldr=/srv", "Hosting:DataFoldr is no setting of the paper’s. Known there: Hosting:DataFolder,")]
    [InlineData("--Pictures:S3:Bukket=ours", "Pictures:S3:Bukket is no setting")]
    [InlineData("--Hosting:LogFormat=yaml", "Hosting:LogFormat is “yaml”; it has to be “text” or “json”.")]
    [InlineData("--Hosting:Telemetry=collector", "Hosting:Telemetry is “collector”; it has to be the address of a collector")]
    [InlineData("--Paper:Address=paper.example", "Paper:Address is “paper.example”; it has to be where readers find the paper")]
    [InlineData("--Paper:PageCache=perhaps", "Paper:PageCache is “perhaps”; it has to be “true” or “false”.")]
    [InlineData("--Paper:PageCacheMegabytes=0", "Paper:PageCacheMegabytes is “0”; it has to be a whole number of megabytes above 0.")]
    [InlineData("--Paper:PageCacheMegabytes=1 GB", "Paper:PageCacheMegabytes is “1 GB”")]
    [InlineData("--Paper:OldPageFor=5", "Paper:OldPageFor is “5”; it has to be hours, minutes and seconds, such as 00:00:01.")]
    [InlineData("--Paper:OldPageFor=a moment", "Paper:OldPageFor is “a moment”")]
    [InlineData("--Paper:SurrogateKeys=some", "Paper:SurrogateKeys is “some”; it has to be “true” or “false”.")]
    [InlineData("--Wire:DemoEdition=perhaps", "Wire:DemoEdition is “perhaps”")]
    [InlineData("--Pictures:S3:AccessKey=key", "Of Pictures:S3:AccessKey and Pictures:S3:SecretKey one is missing")]
    [InlineData("--Mail:Port=25a", "Mail:Port is “25a”; it has to be a port, such as 587.")]
    [InlineData("--Mail:From=newsroom@paper.example", "Mail is set without a Host, so none is sent")]
    [InlineData("--ConnectionStrings:Newsroom=Hosst=db;Password=secret", "ConnectionStrings:Newsroom cannot be read")]
    [InlineData("--ConnectionStrings:Newsroom=Host=127.0.0.1;Port=1;Password=secret", "The one at ConnectionStrings:Newsroom does not answer")]
    [InlineData("--urls=somewhere", "urls is “somewhere”")]
    public async Task What_is_set_wrong_is_named_with_what_to_do(string setting, string sentence)
    {
        var (code, said) = await AskAsync(setting);

        Assert.Equal((1, true), (code, said[^1].EndsWith("to be put right.", StringComparison.Ordinal)));
        Assert.Contains(said, line => line.StartsWith("wrong  ", StringComparison.Ordinal) && line.Contains(sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_another_program_holds_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var (code, said) = await AskAsync($"--urls=http://{other.LocalEndpoint}");

        Assert.Equal(1, code);
        Assert.Contains(said, line => line.StartsWith("wrong  Port        Another program listens", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, said) = await AskAsync($"--Hosting:DataFolder={file}/below");

            Assert.Equal(1, code);
            Assert.Contains(said, line => line.StartsWith($"wrong  Folder      {file}", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<(int Code, string[] Said)> AskAsync(string setting)
    {
        var folder = Directory.CreateTempSubdirectory("defender-doctor-").FullName;
        try
        {
            // What is said last holds.
            string[] healthy = [$"--ConnectionStrings:Newsroom={newsroom.ConnectionString}", $"--Hosting:DataFolder={folder}", "--urls=http://127.0.0.1:5799"];
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Site.dll"), "doctor", .. healthy, setting]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var doctor = Process.Start(start)!;
            var said = await Task.WhenAll(doctor.StandardOutput.ReadToEndAsync(), doctor.StandardError.ReadToEndAsync());
            await doctor.WaitForExitAsync();
            Assert.Equal("", said[1]);
            return (doctor.ExitCode, said[0].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
