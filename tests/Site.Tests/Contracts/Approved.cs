namespace LondonDefender.Tests.Contracts;

/// <summary>Texts others rely on, kept beside the tests. A change shows up in review instead of at somebody's reader.</summary>
internal static class Approved
{
    public static void Check(string name, string text)
    {
        var file = Path.Combine(SourceTree.Tests, "Contracts", name);
        var now = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(file, now);

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Assert.True(approved == now,
            $"Contracts/{name} is not what the paper says any more. If the change is meant, run this test once with APPROVE=1 and look at the difference before committing it.\n{Difference(approved, now)}");
    }

    private static string Difference(string approved, string now)
    {
        var (before, after) = (approved.Split('\n'), now.Split('\n'));
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)).Take(40));
    }
}
