namespace LondonDefender.Wire.MovingOut;

/// <summary>What a stranger needs to know who opens an export without having the program.</summary>
internal static class ReadmeOfExport
{
    public static string For(string paper) => $"""
        # {paper}

        This is the whole paper: every story with all its versions, its pictures, and what binds them together. It can be read with a text
        editor, taken in by other programs, and laid into an empty London Defender, which is then the same paper:

            Site import-paper THIS-FILE.zip

        ## For people: `stories/`

        A Markdown file for each story, in the folder of the year and month it was (or will be) published, by UTC; what never was lies in `stories/drafts`. The
        number a file’s name begins with is the story’s own and never changes. The text is the one readers have; of a draft it is the newest.
        The front matter is YAML. `state` is live, scheduled, withdrawn or draft. Empty fields are left out.

        In the copy, a paragraph such as

            READ MORE: story:1042

        is a link to the story with that number. `READ MORE: [Words](story:1042)` says it in words of its own, `READ MORE: A headline` waits for, or
        means, the story of that headline, and `[words](story:1042)` in a sentence is a plain link. A picture in the copy is `![what it shows](picture:12)`: its
        file is the one in `pictures/` that begins with 12. Lines that begin with `:::` open and close news elements such as quotes and boxes.

        ## Pictures: `pictures/`, `prints/`

        `pictures/` has the files as photographers sent them in, with whatever they wrote inside. `prints/` has an upright JPEG of each, in sRGB and without
        metadata, under the same number. Captions, credits and rights are in `tables/pictures.csv`.

        ## For programs: `tables/`

        The tables of the paper’s database, as CSV (RFC 4180, UTF-8, a header line; moments in UTC). What is empty without quotation marks is not known, `""` is
        an empty text; lists are written as {"{1,2,3}"}. The most useful ones:

        | file | has |
        | --- | --- |
        | `stories.csv` | state and moments of each story, and its working text (`draft_…`) |
        | `revisions.csv` | every version that was kept: who (`saved_by_id`), when, why (`reason`), and since when readers had it (`published_at`) |
        | `known_headlines.csv` | each headline a story ever had, simplified: what lines in plain words find it by |
        | `read_more_links.csv` | which story leads to which |
        | `corrections.csv` | what was put right, and when |
        | `sections.csv`, `topics.csv`, `writers.csv` | what stories are filed under, and who wrote them |
        | `containers.csv`, `banners.csv` | what leads the front page, and breaking news |
        | `story_reads.csv`, `story_follows.csv` | how often each story was read, and followed from another, by day |
        | `users.csv` | the people of the newsroom: names and roles |
        | `paper_settings.csv` | masthead, time zone, language, social accounts, what the paper says of itself |

        ## What is not in it

        Passwords, second steps, passkeys, invitations and the keys that seal sign-ins: nothing in this file opens a door. But there are drafts in it, stories
        under embargo, and names: keep it like a key all the same. Whoever takes the paper in gets links by which its chief editors come back.

        ## Whether it is whole

        `checksums.sha256` has the SHA-256 of every other file; `sha256sum -c checksums.sha256` looks whether they are as they were written.
        `manifest.json` says which version wrote the file and in which form, what each table has, and the checksum of that list. The same paper makes the same
        file, byte for byte.

        """.ReplaceLineEndings("\n");
}
