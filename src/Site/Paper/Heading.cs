using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LondonDefender.Paper;

/// <summary>A heading whose level its surroundings decide.</summary>
public sealed class Heading : ComponentBase
{
    [Parameter, EditorRequired] public required int Level { get; set; }
    [Parameter] public string? Class { get; set; }
    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "h" + Level.ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(1, "class", Class);
        builder.AddContent(2, ChildContent);
        builder.CloseElement();
    }
}
