using LondonDefender.Staff;

namespace LondonDefender.Workflow;

/// <summary>People named in a comment: an @ and their name, or what they sign in with, or their first name where no other has it.</summary>
public static class Mentions
{
    public static IEnumerable<Person> In(string words, IReadOnlyList<Person> staff)
    {
        var firstNames = staff.GroupBy(FirstName, StringComparer.CurrentCultureIgnoreCase).Where(group => group.Count() == 1).Select(group => group.Key).ToHashSet(StringComparer.CurrentCultureIgnoreCase);
        return staff.Where(person => Names(words, person.Name) || Names(words, person.UserName ?? "") || (firstNames.Contains(FirstName(person)) && Names(words, FirstName(person))));
    }

    private static string FirstName(Person person) => person.Name.Split(' ')[0];

    private static bool Names(string words, string name)
    {
        if (name.Length == 0)
            return false;

        var called = "@" + name;
        for (var at = words.IndexOf(called, StringComparison.OrdinalIgnoreCase); at >= 0; at = words.IndexOf(called, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + called.Length;
            // An address such as desk@ferry is nobody's name, and @Ann is not @Anna.
            if ((at == 0 || !char.IsLetterOrDigit(words[at - 1])) && (end == words.Length || !char.IsLetterOrDigit(words[end])))
                return true;
        }

        return false;
    }
}
