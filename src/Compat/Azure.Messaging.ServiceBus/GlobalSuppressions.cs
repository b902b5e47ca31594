using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage(
    "Naming",
    "CA1711:Identifiers should not have incorrect suffix",
    Justification = "The names are those of Microsoft's package.")]
[assembly: SuppressMessage(
    "Design",
    "CA1003:Use generic event handler instances",
    Justification = "The events are those of Microsoft's package.")]
[assembly: SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Token sources without a timer hold nothing to dispose of, and what is closed here is closed asynchronously.")]
