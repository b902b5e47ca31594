using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Tests.Manifests;

namespace MeetingRecordings.Tests.Conferences;

public sealed class MeetingDetailsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Merging_is_commutative_associative_and_idempotent()
        => Gen.Select(ManifestGen.Meeting, ManifestGen.Meeting, ManifestGen.Meeting).Sample(static (a, b, c) =>
            a.Merge(b) == b.Merge(a) && a.Merge(b).Merge(c) == a.Merge(b.Merge(c)) && a.Merge(a) == a && a.Merge(new MeetingDetails()) == a);

    [Fact]
    public void The_earlier_start_counts_for_a_room_may_be_entered_again()
        => Assert.Equal(
            Start,
            new MeetingDetails { StartedAt = Start.AddHours(1) }.Merge(new MeetingDetails { StartedAt = Start }).StartedAt);

    [Fact]
    public void A_long_title_is_cut_and_no_character_of_it_in_two()
    {
        var cut = MeetingDetails.Of(new string('a', 255) + "😀 and more", null, null, null, null).Title!;

        Assert.Equal(new string('a', 255), cut);
        Assert.Equal(256, MeetingDetails.Of(new string('a', 10_000), null, null, null, null).Title!.Length);
        Assert.Equal(new string('a', 254) + "😀", MeetingDetails.Of(new string('a', 254) + "😀b", null, null, null, null).Title);
    }

    [Fact]
    public void What_is_no_id_and_what_is_empty_is_left_out()
        => Assert.Equal(new MeetingDetails(), MeetingDetails.Of("", null, "no id", "", "12 34"));

    [Fact]
    public void Each_field_can_be_left_out_alone()
    {
        var all = MeetingDetails.Of("Weekly", Start, "u1", "s1", "123");

        Assert.All(typeof(MeetingDetails).GetProperties(), property =>
        {
            Assert.NotNull(property.GetValue(all));
            var left = all.Without(Enum.Parse<MeetingFields>(property.Name));

            Assert.Null(property.GetValue(left));
            Assert.All(
                typeof(MeetingDetails).GetProperties().Where(other => other != property),
                other => Assert.Equal(other.GetValue(all), other.GetValue(left)));
        });
        Assert.Equal(all with { Title = null, RoomCode = null }, all.Without(MeetingFields.Title | MeetingFields.RoomCode));
        Assert.Equal(all, all.Without(MeetingFields.None));
    }

    [Fact]
    public void Their_text_form_says_nothing()
        => Assert.DoesNotContain("Weekly", $"{MeetingDetails.Of("Weekly", Start, "u1", "s1", "123")}", StringComparison.Ordinal);
}
