namespace LondonDefender.Hosting;

/// <summary>Why the paper cannot start, in one sentence for the person at the console.</summary>
public sealed class PaperCannotStart(string sentence, Exception? cause = null) : Exception(sentence, cause);
