using LondonDefender.Paper;

namespace LondonDefender.Hosting.Checkup;

/// <summary>The machine's own: where the paper writes, its clock and languages, and how the world finds it.</summary>
internal static class MachineCheck
{
    private const long Little = 1L << 30, TooLittle = 100L << 20;

    public static IEnumerable<Diagnosis> Examine(IConfiguration settings) => [Folder(settings), Words(), Zones(), Clock(), Address(settings)];

    private static Diagnosis Folder(IConfiguration settings)
    {
        const string Name = "Folder";
        var folder = DataFolder.Resolve(settings["Hosting:DataFolder"]);
        try
        {
            Try(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Diagnosis.Wrong(Name, $"{folder} cannot be written: {problem.Message.TrimEnd('.')}. Open it to whoever runs the paper, or set Hosting:DataFolder to a folder of theirs.");
        }

        var free = Disk.FreeAt(folder);
        return free switch
        {
            < TooLittle => Diagnosis.Wrong(Name, $"{folder} has {Disk.Words(free)} left: make room, or pictures and the private database will stop."),
            < Little => Diagnosis.Mind(Name, $"{folder} has only {Disk.Words(free)} left: make room soon."),
            _ => Diagnosis.Well(Name, $"{folder} can be written, {Disk.Words(free)} are free."),
        };
    }

    /// <summary>In the folder, or where it would be made.</summary>
    private static void Try(string folder)
    {
        var nearest = FoldersUp.From(folder).First(Path.Exists);
        using var tried = new FileStream(Path.Combine(nearest, $".tried-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    private static Diagnosis Words() => PaperLanguage.CultureOf("fr-FR").DateTimeFormat.MonthNames[0] == "janvier"
        ? Diagnosis.Well("Languages", "Dates can be written in other languages: ICU is there.")
        : Diagnosis.Wrong("Languages", "Dates can be written in English alone: install ICU (apt-get install libicu-dev) and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT out.");

    private static Diagnosis Zones() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var london) && london.SupportsDaylightSavingTime
        ? Diagnosis.Well("Time zones", $"{TimeZoneInfo.GetSystemTimeZones().Count} are known.")
        : Diagnosis.Wrong("Time zones", "The machine knows none by name: install them (apt-get install tzdata).");

    private static Diagnosis Clock()
    {
        var now = TimeProvider.System.GetUtcNow();
        return now.Year is < 2026 or > 2100
            ? Diagnosis.Wrong("Clock", $"It says {now:u}. Set it, or no story will be on time.")
            : Diagnosis.Well("Clock", $"It says {now:u}; the machine’s own zone is {TimeZoneInfo.Local.Id}, the paper’s is set in the newsroom.");
    }

    private static Diagnosis Address(IConfiguration settings)
    {
        const string Name = "Address";
        var address = settings["Paper:Address"];
        if (string.IsNullOrWhiteSpace(address))
            return Diagnosis.Mind(Name, "Paper:Address is not set. On the web set it, such as https://paper.example: links in feeds and invitations name whatever host was asked for without it.");

        var isLocal = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
        return isLocal || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? Diagnosis.Well(Name, $"Readers find the paper at {address}.")
            : Diagnosis.Mind(Name, $"{address} is not HTTPS: passwords of the newsroom would travel in the open. Put a proxy that speaks HTTPS in front.");
    }
}
