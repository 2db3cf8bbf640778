using LondonDefender.Staff;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class A_passkey_opens_the_newsroom(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task Added_once_it_takes_the_place_of_the_password_until_it_is_removed()
    {
        // A passkey belongs to a name; an address of numbers can have none.
        await using var editor = await Visitor.ComeAsync(browser, newsroom, options => options.BaseURL = $"http://localhost:{newsroom.Address.Port}");
        await editor.SignInAsync(await newsroom.HireAsync(Role.Editor));
        await editor.BringFingerAsync();
        await editor.OpenAsync("/desk/own-sign-in");
        await editor.Page.GetByLabel("What to call it").FillAsync("Maud’s laptop");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).PressAsync("Enter");
        await Expect.That(editor.Page.GetByText("Maud’s laptop, since")).ToBeVisibleAsync();

        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).PressAsync("Enter");
        await ShowPasskeyAsync(editor.Page);
        await Expect.That(editor.Page.GetByRole(AriaRole.Button, new() { Name = "New story" })).ToBeVisibleAsync();

        await editor.OpenAsync("/desk/own-sign-in");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Maud’s laptop" }).PressAsync("Enter");
        await Expect.That(editor.Page.GetByText("Maud’s laptop, since")).ToHaveCountAsync(0);
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).PressAsync("Enter");
        await ShowPasskeyAsync(editor.Page);
        await Expect.That(editor.Page.GetByText("That passkey opens nothing here")).ToBeVisibleAsync();
    }

    private static async Task ShowPasskeyAsync(IPage page) =>
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).PressAsync("Enter");
}
