namespace LocalHost;

/// <summary>Something that the user can mend: told in one line, without a stack trace.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What it was seen by; may be null.</param>
public sealed class LocalHostException(string message, Exception? innerException = null) : Exception(message, innerException);
