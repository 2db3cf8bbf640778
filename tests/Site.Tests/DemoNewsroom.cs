using LondonDefender.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests;

/// <summary>A paper as its first start leaves it: with the demo edition, and nobody working at it.</summary>
public sealed class DemoNewsroom : Newsroom
{
    protected override Task FillAsync() => Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();
}
