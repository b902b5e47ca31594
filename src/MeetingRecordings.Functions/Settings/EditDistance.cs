namespace MeetingRecordings.Functions.Settings;

/// <summary>How many characters must be put in, taken out or changed to make one text of another, in capitals or not (Levenshtein).</summary>
internal static class EditDistance
{
    public static int Between(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var isSame = char.ToUpperInvariant(one[i]) == char.ToUpperInvariant(other[j]);
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, isSame ? diagonal : diagonal + 1));
            }
        }

        return row[^1];
    }
}
