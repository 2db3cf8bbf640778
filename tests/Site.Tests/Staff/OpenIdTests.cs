using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LondonDefender.Tests.Staff;

public sealed class OpenIdTests(OpenIdTests.NewsroomWithAccountsElsewhere newsroom) : IClassFixture<OpenIdTests.NewsroomWithAccountsElsewhere>
{
    private const string Own = "/desk/own-sign-in";

    [Fact]
    public async Task An_account_elsewhere_opens_the_newsroom_once_it_is_connected()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        newsroom.Provider.SignedInThere = "maud@elsewhere";
        using var stranger = StaffMember.Stranger(newsroom.Address);

        Assert.Equal("/desk/sign-in?openid=unknown", await SignInAsync(stranger));
        Assert.Contains("connected to nobody here", (await stranger.OpenAsync("/desk/sign-in?openid=unknown")).Body!.TextContent, StringComparison.Ordinal);

        Assert.Equal($"{Own}?openid=connected", await ConnectAsync(editor));
        Assert.Equal("/desk/links", await SignInAsync(stranger));
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/desk/links")).StatusCode);
        Assert.Contains("by the company’s account", (await stranger.OpenAsync(Own)).QuerySelector(".visits")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_shut_out_does_not_come_in_by_the_other_door()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        newsroom.Provider.SignedInThere = "idris@elsewhere";
        await ConnectAsync(editor);
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var id = await newsroom.IdOfAsync(editor);
        await chief.OpenAsync("/desk/people");
        await chief.SendFormAsync("/desk/people", new() { ["_handler"] = $"active-{id}", ["Change.Id"] = $"{id}", ["Change.IsActive"] = "false" });
        using var stranger = StaffMember.Stranger(newsroom.Address);

        Assert.Equal("/desk/sign-in?openid=unknown", await SignInAsync(stranger));
        Assert.Equal(HttpStatusCode.Found, (await stranger.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task An_account_is_connected_to_one_person_and_can_be_disconnected()
    {
        using var first = await newsroom.SignInAsync(Role.Editor);
        using var second = await newsroom.SignInAsync(Role.Editor);
        newsroom.Provider.SignedInThere = "shared@elsewhere";
        await ConnectAsync(first);

        Assert.Equal($"{Own}?openid=taken", await ConnectAsync(second));
        await first.OpenAsync(Own);
        Assert.Equal($"{Own}?openid=disconnected", To(await first.SendFormAsync($"{Own}/openid", [])));
        using var stranger = StaffMember.Stranger(newsroom.Address);
        Assert.Equal("/desk/sign-in?openid=unknown", await SignInAsync(stranger));
    }

    [Fact]
    public async Task Nobody_is_made_to_connect_by_a_link_that_was_made_for_another()
    {
        using var attacker = await newsroom.SignInAsync(Role.Writer);
        using var victim = await newsroom.SignInAsync(Role.Editor);
        var link = (await attacker.OpenAsync(Own)).QuerySelector("a[href*='proof=']")!.GetAttribute("href")!;

        Assert.Equal($"{Own}?openid=old", To(await victim.GetAsync(link)));
        Assert.Equal($"{Own}?openid=old", To(await victim.GetAsync($"{Own}/openid")));
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_and_a_refusal_there_lead_back_to_the_door()
    {
        using var stranger = StaffMember.Stranger(newsroom.Address);

        Assert.Equal("/desk/sign-in?openid=failed", To(await stranger.GetAsync("/desk/sign-in/openid/answer?code=made-up&state=made-up")));
        Assert.Equal("/desk/sign-in?openid=failed", To(await stranger.GetAsync("/desk/sign-in/openid/back")));
    }

    /// <returns>Where the newsroom leads in the end.</returns>
    private async Task<string> SignInAsync(StaffMember visitor) => await ThereAndBackAsync(visitor, "/desk/sign-in/openid?to=/desk/links");

    private async Task<string> ConnectAsync(StaffMember member)
    {
        var link = (await member.OpenAsync(Own)).QuerySelector("a[href*='proof=']")!.GetAttribute("href")!;
        return await ThereAndBackAsync(member, link);
    }

    private async Task<string> ThereAndBackAsync(StaffMember visitor, string address)
    {
        var there = (await visitor.GetAsync(address)).Headers.Location!;
        Assert.Equal(newsroom.Provider.Address.Authority, there.Authority);
        var answer = (await newsroom.Reader.GetAsync(there)).Headers.Location!;
        return To(await visitor.GetAsync(To(await visitor.GetAsync(answer.PathAndQuery))));
    }

    private static string To(HttpResponseMessage answer) => answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString : $"{answer.StatusCode}";

    public sealed class NewsroomWithAccountsElsewhere : Newsroom
    {
        public Provider Provider { get; } = new();

        protected override IEnumerable<string> MoreSettings => [$"--OpenId:Authority={Provider.Address}", "--OpenId:ClientId=newsroom", "--OpenId:ClientSecret=a secret of theirs"];

        public override async ValueTask InitializeAsync()
        {
            await Provider.StartAsync();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }

    /// <summary>As much of an OpenID provider as a sign-in needs: it describes itself, sends people back with a code, and takes the code for a signed word.</summary>
    public sealed class Provider : IAsyncDisposable
    {
        private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "theirs" };
        private readonly Dictionary<string, (string Nonce, string Challenge)> codes = [];
        private readonly WebApplication app;

        public Provider()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
            {
                ["issuer"] = Issuer,
                ["authorization_endpoint"] = Issuer + "/authorize",
                ["token_endpoint"] = Issuer + "/token",
                ["jwks_uri"] = Issuer + "/keys",
            }));
            app.MapGet("/keys", () =>
            {
                var open = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
                return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = open.Kid, n = open.N, e = open.E } } });
            });
            app.MapGet("/authorize", Authorize);
            app.MapPost("/token", Token);
        }

        public Uri Address => new(Issuer);
        public string SignedInThere { get; set; } = "nobody";

        private string Issuer => app.Urls.First();

        public Task StartAsync() => app.StartAsync();

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private IResult Authorize(HttpRequest request)
        {
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (request.Query["nonce"].ToString(), request.Query["code_challenge"].ToString());
            return Results.Redirect(QueryHelpers.AddQueryString(request.Query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Query["state"] }));
        }

        private async Task<IResult> Token(HttpRequest request)
        {
            var form = await request.ReadFormAsync();
            if (form["client_secret"] != "a secret of theirs" || !codes.Remove(form["code"].ToString(), out var asked)
                || Base64UrlTextEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked.Challenge)
                return Results.BadRequest(new { error = "invalid_grant" });

            var word = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = "newsroom",
                Subject = new ClaimsIdentity([new Claim("sub", SignedInThere), new Claim("nonce", asked.Nonce)]),
                SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            });
            return Results.Json(new { access_token = "unused", token_type = "Bearer", id_token = word });
        }
    }
}
