using System.Text.Json.Nodes;
using LondonDefender.Feeds;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using NJsonSchema;

namespace LondonDefender.Tests.Feeds;

/// <summary>The description of the API is valid, and the API does what it describes.</summary>
public sealed class OpenApiTests(DemoNewsroom newsroom) : IClassFixture<DemoNewsroom>
{
    [Fact]
    public async Task The_description_is_valid_openapi()
    {
        var (document, diagnostic) = OpenApiDocument.Parse(await newsroom.Reader.GetStringAsync("/api/openapi.json"), OpenApiConstants.Json);

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic!.SpecificationVersion);
        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal("London Defender: read API", document!.Info.Title);
        Assert.Equal(newsroom.Address.OriginalString.TrimEnd('/'), document.Servers!.Single().Url);
        Assert.Equal($"{newsroom.Address}api", document.ExternalDocs!.Url!.AbsoluteUri);
    }

    [Fact]
    public async Task It_describes_every_address_programs_have_and_every_question_they_may_ask()
    {
        var (document, _) = OpenApiDocument.Parse(await newsroom.Reader.GetStringAsync("/api/openapi.json"), OpenApiConstants.Json);
        var endpoints = newsroom.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText!).Where(pattern => pattern.StartsWith("/api/stories", StringComparison.Ordinal) || pattern == "/oembed");
        var asked = document!.Paths["/api/stories"].Operations![HttpMethod.Get].Parameters!.Where(p => p.In == ParameterLocation.Query).Select(p => p.Name!);

        Assert.Equal(endpoints.Order(), document.Paths.Keys.Order());
        Assert.Equal(typeof(StoriesAsked).GetProperties().Where(p => p.SetMethod is not null).Select(p => p.Name.ToLowerInvariant()).Order(), asked.Order());
    }

    [Theory]
    [InlineData("/api/stories?limit=100", "StoryList")]
    [InlineData("/api/stories?limit=100&shape=jsonfeed", "JsonFeed")]
    [InlineData("/api/stories?q=nothingofthekind", "StoryList")]
    [InlineData("/api/stories/1", "Story")]
    [InlineData("/api/stories/1?shape=jsonfeed", "JsonFeed")]
    [InlineData("/api/stories/999999", "Problem")]
    [InlineData("/api/stories?limit=0", "Problem")]
    public async Task Its_answers_have_the_shapes_it_describes(string address, string shape)
    {
        var answer = await (await newsroom.Reader.GetAsync(address)).Content.ReadAsStringAsync();

        var faults = (await SchemaAsync(shape)).Validate(answer);

        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(5)));
    }

    [Fact]
    public async Task An_embedded_story_has_the_shape_it_describes() =>
        Assert.Empty((await SchemaAsync("OEmbed")).Validate(await newsroom.Reader.GetStringAsync($"/oembed?url={newsroom.Address}world/1/a")));

    [Fact]
    public async Task A_person_finds_it_described_in_words()
    {
        var page = await newsroom.ReadAsync("/api");

        Assert.NotEmpty(page.QuerySelectorAll("a[href='/api/openapi.json']"));
        foreach (var name in typeof(StoriesAsked).GetProperties().Where(p => p.SetMethod is not null && p.Name is not "After").Select(p => p.Name.ToLowerInvariant()))
            Assert.Contains(page.QuerySelectorAll("code"), code => code.TextContent.StartsWith(name, StringComparison.Ordinal));
    }

    private async Task<JsonSchema> SchemaAsync(string shape)
    {
        var description = (await newsroom.Reader.GetStringAsync("/api/openapi.json")).Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
        var definitions = JsonNode.Parse(description)!["components"]!["schemas"]!.DeepClone();
        var schema = definitions[shape]!.DeepClone();
        schema["definitions"] = definitions;
        return await JsonSchema.FromJsonAsync(schema.ToJsonString());
    }
}
