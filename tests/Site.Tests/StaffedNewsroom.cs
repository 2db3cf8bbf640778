using LondonDefender.Staff;

namespace LondonDefender.Tests;

/// <summary>A newsroom with one person of each role at work, and a stranger before the door.</summary>
public sealed class StaffedNewsroom : Newsroom
{
    public StaffMember Stranger { get; private set; } = null!;
    public StaffMember Writer { get; private set; } = null!;
    public StaffMember Editor { get; private set; } = null!;
    public StaffMember Chief { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Stranger = StaffMember.Stranger(Address);
        Writer = await SignInAsync(Role.Writer);
        Editor = await SignInAsync(Role.Editor);
        Chief = await SignInAsync(Role.ChiefEditor);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var person in new[] { Stranger, Writer, Editor, Chief })
            person.Dispose();
        await base.DisposeAsync();
    }
}
