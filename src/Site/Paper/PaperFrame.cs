using LondonDefender.Data;

namespace LondonDefender.Paper;

/// <summary>What every readers' page is framed by: the masthead, the menu, the paper's clock, and where the paper lives.</summary>
public sealed record PaperFrame
{
    public required PaperSettings Settings { get; init; }
    public required IReadOnlyList<MenuItem> Menu { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Breaking news over every page; null almost always.</summary>
    public BannerWords? Banner { get; init; }

    /// <summary>Scheme and host without a slash at the end: https://paper.example</summary>
    public required string Origin { get; init; }

    public PaperClock Clock => new(Settings.Zone);

    public string Absolute(string path) => Origin + path;
}

/// <param name="Address">The story it leads to, while that is live.</param>
public sealed record BannerWords(string Words, string? Address);

/// <summary>Finds the banner of the moment. The frame knows no feature, so the fronts hand it this.</summary>
public sealed record FindBanner(Func<DateTimeOffset, Question> At, Func<Row, BannerWords> Read);

public sealed record MenuItem(string Name, string Address);

/// <summary>What a page says about itself to browsers, search engines and feed readers.</summary>
public sealed record PageMeta
{
    public required string Title { get; init; }
    public string Description { get; init; } = "";

    /// <summary>The page's one address, from its first slash; null for pages that have none, such as a 404.</summary>
    public string? Canonical { get; init; }

    public bool IsIndexed { get; init; } = true;
    public string OpenGraphType { get; init; } = "website";

    /// <summary>The wording for those who share the page; else its title.</summary>
    public string? OpenGraphTitle { get; init; }

    /// <summary>Finished JSON-LD, safe to stand inside a script element.</summary>
    public string? JsonLd { get; init; }

    /// <summary>The feed that follows this page, beside the paper's own: its title, and the page whose address it has.</summary>
    public (string Title, string Page)? Feed { get; init; }

    /// <summary>This page in other formats, beside its feeds.</summary>
    public IReadOnlyList<(string Type, string Title, string Address)> Alternates { get; init; } = [];

    /// <summary>Style sheets this page needs beside the readers' own.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    public string? PreviousPage { get; init; }
    public string? NextPage { get; init; }

    /// <summary>For stories: the moments and labels Open Graph knows.</summary>
    public IReadOnlyList<(string Property, string Content)> OpenGraph { get; init; } = [];
}
