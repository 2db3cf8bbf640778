namespace LondonDefender.BrowserTests.Everybody;

public sealed class InspectionTests(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task What_is_wrong_is_found_and_named()
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/");
        await reader.Page.EvaluateAsync(
            """
            () => {
              document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/icons/paper.svg" id="mute"><pre id="wide">' + 'm'.repeat(200) + '</pre>');
              console.error('Something broke');
            }
            """);

        var found = await Assert.ThrowsAnyAsync<Exception>(() => Inspection.PassesAsync(reader, "front"));
        Assert.Contains("front, Dark at 360: image-alt", found.Message, StringComparison.Ordinal);
        Assert.Contains("#mute", found.Message, StringComparison.Ordinal);
        Assert.Contains("<pre id=\"wide\"", found.Message, StringComparison.Ordinal);
        Assert.Contains("Something broke", found.Message, StringComparison.Ordinal);
    }
}
