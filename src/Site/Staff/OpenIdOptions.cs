namespace LondonDefender.Staff;

/// <summary>A sign-in that the paper has elsewhere, by OpenID Connect: the section "OpenId". Without an authority there is none.</summary>
public sealed class OpenIdOptions
{
    /// <summary>The provider's address, as in https://login.example.org; https, unless it is on this machine.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider knows the newsroom by.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>What the button says: "Sign in with …".</summary>
    public string Name { get; set; } = "the company’s account";
}
