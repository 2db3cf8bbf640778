namespace LondonDefender.Workflow;

/// <summary>By whom the newsroom's mail is taken. Without a host no mail is sent.</summary>
public sealed class MailOptions
{
    /// <summary>The server that takes mail, by SMTP.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Whether the line to it is secured, by STARTTLS; without, names and headlines can be read on their way.</summary>
    public bool Secure { get; set; } = true;

    /// <summary>Whom the mail is from.</summary>
    public string? From { get; set; }

    public string? User { get; set; }
    public string? Password { get; set; }

    internal bool IsSet => !string.IsNullOrWhiteSpace(Host);
}
