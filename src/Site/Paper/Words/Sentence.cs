using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LondonDefender.Paper;

/// <summary>Words with links among them, which another language may put in another order.</summary>
public sealed partial class Sentence : ComponentBase
{
    /// <summary>With {0}, {1} where the parts stand.</summary>
    [Parameter, EditorRequired] public required string Words { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<RenderFragment> Parts { get; set; }

    public static RenderFragment Link(string address, string words) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", address);
        builder.AddContent(2, words);
        builder.CloseElement();
    };

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var (index, piece) in Place().Split(Words).Index())
        {
            // Every other piece is the number of a part.
            if (index % 2 == 0)
                builder.AddContent(0, piece);
            else
                builder.AddContent(1, Parts[int.Parse(piece, CultureInfo.InvariantCulture)]);
        }
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();
}
