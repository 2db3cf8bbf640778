using System.Text.Json.Nodes;
using LondonDefender.Paper;

namespace LondonDefender.Archive;

/// <summary>What a list of stories that runs over pages says about itself: a section's, a topic's, a writer's.</summary>
public static class ListMeta
{
    public static PageMeta For(string name, string about, string path, StoryList list, PaperFrame frame, params IReadOnlyList<JsonObject> things) => new()
    {
        Title = list.Page == 1 ? name : ReadersWords.NameAndPage(name, list.Page),
        Description = about,
        Canonical = PageAddress.Of(path, list.Page),
        PreviousPage = PageAddress.Newer(path, list),
        NextPage = PageAddress.Older(path, list),
        Feed = ($"{name} | {frame.Settings.Name}", path),
        JsonLd = LinkedData.Write([LinkedData.Breadcrumbs(frame, (frame.Settings.Name, "/"), (name, path)), Collection(name, about, path, list, frame), .. things]),
    };

    private static JsonObject Collection(string name, string about, string path, StoryList list, PaperFrame frame) =>
        LinkedData.Collection(frame, name, about, PageAddress.Of(path, list.Page), list.Stories.Select(story => story.Address));
}
