using Sluice.Destinations.Http;

namespace Sluice.Tests.Destinations.Http;

/// <summary>Memory of a body goes back to the pool only when nobody reads it any more: else a destination would get another one's events.</summary>
public sealed class LentContentTests
{
    private readonly LentContent _content = new("body"u8.ToArray());

    [Fact]
    public async Task What_was_sent_is_taken_back_and_what_never_was_too()
    {
        using var never = new LentContent("body"u8.ToArray());
        using var sent = new MemoryStream();
        await _content.CopyToAsync(sent);

        Assert.Equal("body"u8.ToArray(), sent.ToArray());
        Assert.True(_content.TryTakeBack());
        Assert.True(never.TryTakeBack());
    }

    [Fact]
    public async Task It_can_be_sent_again_over_another_connection()
    {
        using var broken = new FullPipe();
        var sending = _content.CopyToAsync(broken);
        broken.Writing.SetException(new IOException("The connection was closed."));
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        using var sent = new MemoryStream();
        await _content.CopyToAsync(sent);

        Assert.Equal("body"u8.ToArray(), sent.ToArray());
        Assert.True(_content.TryTakeBack());
    }

    [Fact]
    public async Task What_is_on_its_way_is_not_taken_back()
    {
        using var pipe = new FullPipe();
        var sending = _content.CopyToAsync(pipe);

        Assert.False(_content.TryTakeBack());

        pipe.Writing.SetResult();
        await sending;
    }

    [Fact]
    public async Task What_was_taken_back_is_never_read()
    {
        Assert.True(_content.TryTakeBack());
        using var sent = new MemoryStream();

        await Assert.ThrowsAnyAsync<Exception>(() => _content.CopyToAsync(sent));
        Assert.Equal(0, sent.Length);
    }

    /// <summary>Takes bytes when its test says so.</summary>
    private sealed class FullPipe : MemoryStream
    {
        public TaskCompletionSource Writing { get; } = new();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await Writing.Task;
    }
}
