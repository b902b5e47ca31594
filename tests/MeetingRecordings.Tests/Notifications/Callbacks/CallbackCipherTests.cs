using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Tests.Notifications.Callbacks;

public sealed class CallbackCipherTests
{
    private const string Key = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
    private const string Owner = "dingabcdef";
    private static readonly CallbackCipher Cipher = new(Key);

    [Theory]
    [MemberData(nameof(CallbackVector.Names), MemberType = typeof(CallbackVector))]
    public void A_published_push_decrypts(string name)
    {
        var vector = CallbackVector.Of(name);

        var plaintext = new CallbackCipher(vector.AesKey).TryDecrypt(vector.Encrypt);

        Assert.NotNull(plaintext);
        Assert.Equal(vector.Plaintext, Encoding.UTF8.GetString(plaintext.Message.Span));
        Assert.Equal(vector.OwnerKey, plaintext.OwnerKey);
    }

    [Theory]
    [MemberData(nameof(CallbackVector.Names), MemberType = typeof(CallbackVector))]
    public void A_published_push_encrypts_to_the_same_bytes(string name)
    {
        var vector = CallbackVector.Of(name);

        var encrypted = new CallbackCipher(vector.AesKey).Encrypt(
            Encoding.UTF8.GetBytes(vector.Plaintext), vector.OwnerKey, Encoding.ASCII.GetBytes(vector.Random16));

        Assert.Equal(vector.Encrypt, encrypted);
    }

    [Fact]
    public void Every_padding_from_1_to_32_is_written_and_read()
    {
        var seen = new SortedSet<int>();
        for (var length = 0; length < 32; length++)
        {
            var message = RandomNumberGenerator.GetBytes(length);
            var encrypted = Cipher.Encrypt(message, Owner);

            seen.Add(RawDecrypt(encrypted)[^1]);
            Assert.Equal(message, Cipher.TryDecrypt(encrypted)!.Message.ToArray());
        }

        // .NET's own PKCS#7 takes no more than 16, and so half of these.
        Assert.Equal(Enumerable.Range(1, 32), seen);
    }

    [Fact]
    public void Every_length_up_to_4096_comes_back_as_it_was()
    {
        for (var length = 0; length <= 4096; length++)
        {
            var message = RandomNumberGenerator.GetBytes(length);
            var plaintext = Cipher.TryDecrypt(Cipher.Encrypt(message, Owner));

            Assert.NotNull(plaintext);
            Assert.True(plaintext.Message.Span.SequenceEqual(message), $"A message of {length} bytes came back changed.");
            Assert.Equal(Owner, plaintext.OwnerKey);
        }
    }

    [Fact]
    public void Any_message_for_any_owner_comes_back_as_it_was()
        => Gen.Select(Gen.Byte.Array[0, 4096], Gen.String[Gen.Char[' ', '~'], 0, 64], Gen.Byte.Array[16]).Sample((message, owner, random) =>
        {
            var plaintext = Cipher.TryDecrypt(Cipher.Encrypt(message, owner, random));
            return plaintext is not null && plaintext.Message.Span.SequenceEqual(message) && plaintext.OwnerKey == owner;
        });

    [Fact]
    public void Two_encryptions_of_one_message_differ()
        => Assert.NotEqual(Cipher.Encrypt("success"u8, Owner), Cipher.Encrypt("success"u8, Owner));

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    public void Random_bytes_of_another_number_are_refused(int count)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Cipher.Encrypt("success"u8, Owner, new byte[count]));

    [Fact]
    public void A_key_whose_last_character_has_spare_bits_set_is_the_key_that_it_is_without()
    {
        // Of the 43rd character's six bits only four count; 'g', 'h', 'i' and 'j' differ in the other two.
        var encrypted = Cipher.Encrypt("success"u8, Owner);
        foreach (var last in "ghij")
        {
            Assert.NotNull(new CallbackCipher(Key[..^1] + last).TryDecrypt(encrypted));
        }

        Assert.Null(new CallbackCipher(Key[..^1] + 'k').TryDecrypt(encrypted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3i")]
    [InlineData("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ijj")]
    [InlineData("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3i=")]
    [InlineData("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3i+")]
    [InlineData("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3 j")]
    [InlineData("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ié")]
    public void A_key_that_is_not_43_letters_and_digits_is_refused_without_being_repeated(string key)
    {
        var refusal = Assert.Throws<FormatException>(() => new CallbackCipher(key));

        Assert.Equal("An EncodingAESKey is 43 letters and digits.", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("no base64 at all!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("-_-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=")]
    public void What_is_no_cipher_text_of_the_key_is_not_decrypted(string encrypted)
        => Assert.Null(Cipher.TryDecrypt(encrypted));

    [Fact]
    public void A_cipher_text_cut_off_anywhere_is_not_decrypted()
    {
        var encrypted = Cipher.Encrypt(Encoding.UTF8.GetBytes(new string('m', 100)), Owner);
        for (var length = 0; length < encrypted.Length; length++)
        {
            Assert.Null(Cipher.TryDecrypt(encrypted[..length]));
        }
    }

    [Fact]
    public void White_space_around_the_base64_is_ignored()
        => Assert.NotNull(Cipher.TryDecrypt($" {Cipher.Encrypt("success"u8, Owner)}\r\n"));

    [Theory]
    [InlineData(0, false)]
    [InlineData(-32, false)]
    [InlineData(16, false)]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(48, false)]
    [InlineData(64, true)]
    public void Cipher_text_is_a_whole_number_of_blocks_of_32(int length, bool valid)
        => Assert.Equal(valid, CallbackCipher.IsCipherTextLength(length));

    public static TheoryData<string, byte[]> JunkPlaintexts => new()
    {
        { "padding of 0", Plain(0, 12, 0) },
        { "padding of 33", Plain(0, 44, 33) },
        { "padding of 255", Plain(0, 12, 255) },
        { "padding whose bytes differ", [.. Plain(0, 0, 0)[..20], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
        { "padding that reaches into the length", Filled(32, 13) },
        { "padding that is everything", Filled(32, 32) },
        { "a length of one byte too many", Plain(1, 12, 12) },
        { "a length of 2 GB", Plain(0x7FFFFFFF, 12, 12) },
        { "a negative length", Plain(unchecked((int)0xFFFFFFFF), 12, 12) },
    };

    [Theory]
    [MemberData(nameof(JunkPlaintexts), DisableDiscoveryEnumeration = true)]
    public void Junk_inside_a_valid_cipher_text_is_not_decrypted(string junk, byte[] plain)
        => Assert.True(Cipher.TryDecrypt(RawEncrypt(plain)) is null, junk);

    [Fact]
    public void An_empty_message_for_nobody_is_the_shortest_plaintext()
    {
        var plaintext = Cipher.TryDecrypt(RawEncrypt(Plain(0, 12, 12)));

        Assert.NotNull(plaintext);
        Assert.True(plaintext.Message.IsEmpty);
        Assert.Equal("", plaintext.OwnerKey);
    }

    // 16 random bytes, a length, then bytes of one value.
    private static byte[] Plain(int length, int rest, byte value)
    {
        var plain = new byte[20 + rest];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(16), length);
        plain.AsSpan(20).Fill(value);
        return plain;
    }

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];

    private static byte[] RawDecrypt(string encrypted)
    {
        using var aes = CreateAes();
        return aes.DecryptCbc(Convert.FromBase64String(encrypted), aes.Key.AsSpan(0, 16), PaddingMode.None);
    }

    private static string RawEncrypt(byte[] plain)
    {
        using var aes = CreateAes();
        return Convert.ToBase64String(aes.EncryptCbc(plain, aes.Key.AsSpan(0, 16), PaddingMode.None));
    }

    private static Aes CreateAes()
    {
        var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Key + "=");
        return aes;
    }
}
