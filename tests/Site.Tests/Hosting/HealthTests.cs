using System.Net;
using LondonDefender.Hosting;
using LondonDefender.Hosting.Checkup;
using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Hosting;

public sealed class HealthTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:5080/")]
    [InlineData(null, "8080", "http://127.0.0.1:8080/")]
    [InlineData(null, "8080;8081", "http://127.0.0.1:8080/")]
    [InlineData("http://+:7000;https://+:7001", "8080", "http://127.0.0.1:7000/")]
    [InlineData("http://0.0.0.0:7000", null, "http://127.0.0.1:7000/")]
    [InlineData("http://[::]:7000", null, "http://127.0.0.1:7000/")]
    [InlineData("http://127.0.0.2:7000", null, "http://127.0.0.2:7000/")]
    [InlineData("http://[::1]:7000", null, "http://[::1]:7000/")]
    public void The_paper_knows_where_it_answers_on_its_own_machine(string? urls, string? ports, string address)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = urls, ["http_ports"] = ports }).Build();

        Assert.Equal(address, PaperHost.OwnAddress(settings).ToString());
    }

    [Fact]
    public async Task A_running_paper_is_well()
    {
        Assert.Equal(0, await Health.AskAsync([$"--urls={newsroom.Address}"]));
    }

    [Fact]
    public async Task A_paper_that_does_not_answer_is_not()
    {
        Assert.Equal(1, await Health.AskAsync(["--urls=http://127.0.0.1:1"]));
    }

    [Fact]
    public async Task A_paper_that_can_do_its_work_says_so_in_words()
    {
        var answer = await newsroom.Reader.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var words = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("The paper is ready.\nThe database answers, and has every migration.\nPictures can be kept.\n", words, StringComparison.Ordinal);
        Assert.Contains("libvips", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_waits_for_a_migration_is_not_ready_and_names_it()
    {
        await using var behind = new Newsroom();
        await behind.InitializeAsync();
        await using (var db = await behind.OpenDbAsync())
            await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = (SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\")");

        var answer = await behind.Reader.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The database still waits for one migration", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_cannot_keep_pictures_is_not_ready_and_names_no_folder()
    {
        await using var newsroom = new NewsroomWithoutPictures();
        await newsroom.InitializeAsync();

        var answer = await newsroom.Reader.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var words = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Pictures cannot be kept", words, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), words, StringComparison.Ordinal);
    }

    /// <summary>Where the folder for pictures should be lies a file.</summary>
    private sealed class NewsroomWithoutPictures : Newsroom
    {
        protected override async Task FillAsync()
        {
            await base.FillAsync();
            var folder = Services.GetRequiredService<PicturesFolder>().Path;
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            await File.WriteAllTextAsync(folder, "");
        }
    }
}
