using System.Text.Json;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Emulators.Aws;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.CloudWatch;

public sealed class CloudWatchDestinationTests : IAsyncLifetime
{
    private CloudWatchEmulator _cloudWatch = null!;
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    private DateTimeOffset Now => _streams.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _cloudWatch = new CloudWatchEmulator(new AwsSignature("AKIDEXAMPLE", "s3cret", "eu-central-1", "logs", _streams.Time), _streams.Time);
        _receiver.Answer = _cloudWatch.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task The_log_stream_is_made_once_and_nothing_else_is_asked_for()
    {
        Append(TimeSpan.Zero, TimeSpan.Zero);
        var id = await CreateAsync();
        await UntilSentAsync(id);
        Append(TimeSpan.Zero);

        await UntilSentAsync(id);

        Assert.Equal(["PutLogEvents", "CreateLogStream", "PutLogEvents", "PutLogEvents"], Calls());
        Assert.Equal([0, 1, 2], Stored());
    }

    [Fact]
    public async Task A_log_stream_that_another_made_meanwhile_is_used()
    {
        Append(TimeSpan.Zero);
        _receiver.Answer = request =>
        {
            if (request.Headers["X-Amz-Target"].EndsWith("CreateLogStream")) _cloudWatch.Add("sluice", "sluice");
            return _cloudWatch.Answer(request);
        };

        await UntilSentAsync(await CreateAsync());

        Assert.Equal([0], Stored());
    }

    [Fact]
    public async Task A_log_group_that_is_not_there_is_an_outage()
    {
        _cloudWatch.Groups.Clear();
        Append(TimeSpan.Zero);
        var id = await CreateAsync();
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var error = _streams.Stand(id).State.LastError!;
        _cloudWatch.Groups["sluice"] = 30;

        await UntilSentAsync(id);

        Assert.Equal(ErrorClass.NotFound, error.Class);
        Assert.Contains("log group does not exist", error.Message);
        Assert.Equal([0], Stored());
    }

    [Fact]
    public async Task Within_a_call_events_have_the_order_of_their_times_and_of_their_sequences()
    {
        Append(TimeSpan.FromHours(-1), TimeSpan.FromHours(-3), TimeSpan.FromHours(-1), TimeSpan.FromHours(-2));

        await UntilSentAsync(await CreateAsync());

        Assert.Equal([1, 3, 0, 2], Stored());
        Assert.Equal(Now.AddHours(-3).ToUnixTimeMilliseconds(), _cloudWatch.Events()[0].Time);
    }

    [Fact]
    public async Task No_call_spans_more_than_a_day()
    {
        _cloudWatch.Add("sluice", "sluice");
        Append([.. Enumerable.Range(0, 13).Select(day => TimeSpan.FromDays(-day)), .. Enumerable.Range(0, 13).Select(day => TimeSpan.FromDays(-day) + TimeSpan.FromSeconds(1))]);

        await UntilSentAsync(await CreateAsync());

        Assert.Equal(26, Stored().Count);
        Assert.All(_receiver.Exchanges, exchange => Assert.True(exchange.Reply.IsSuccess));
    }

    [Fact]
    public async Task A_batch_that_needs_too_many_calls_is_made_smaller()
    {
        _cloudWatch.Add("sluice", "sluice");
        Append([.. Enumerable.Range(0, 18).Select(day => TimeSpan.FromDays(day - 17.5))]);
        var id = await CreateAsync();

        await UntilSentAsync(id);

        Assert.Equal(Enumerable.Range(4, 14), Stored());
        Assert.Equal([0, 1, 2, 3], _streams.DeadLetters(id).Select(letter => letter.Sequence));
    }

    [Fact]
    public async Task Events_rejected_beside_others_become_dead_letters()
    {
        _cloudWatch.Groups["sluice"] = 3;
        Append(TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(-71), TimeSpan.FromHours(-73), TimeSpan.FromDays(-14.5), TimeSpan.FromDays(-14.1));
        var id = await CreateAsync();

        await UntilSentAsync(id);

        Assert.Equal([2, 0], Stored());
        Assert.Equal(
            [(1, "two hours ahead"), (3, "log group keeps"), (4, "14 days"), (5, "14 days")],
            _streams.DeadLetters(id).Select(letter => ((int)letter.Sequence, new[] { "two hours ahead", "log group keeps", "14 days" }.Single(letter.Reason.Contains))));
    }

    [Fact]
    public async Task An_event_larger_than_a_call_is_set_aside()
    {
        _streams.Ledger.Append(ScriptedLedger.Body(0), ScriptedLedger.Body(1, padding: 1_048_576), ScriptedLedger.Body(2), ScriptedLedger.Body(3, padding: 1_000_000));
        var id = await CreateAsync();

        await UntilSentAsync(id);

        Assert.Equal([0, 2, 3], Stored());
        Assert.Equal([1], _streams.DeadLetters(id).Select(letter => letter.Sequence));
    }

    [Theory]
    [InlineData("ThrottlingException", ErrorClass.Throttled)]
    [InlineData("com.amazonaws.logs#ThrottlingException", ErrorClass.Throttled)]
    [InlineData("ServiceUnavailableException", ErrorClass.Server)]
    [InlineData("UnrecognizedClientException", ErrorClass.Auth)]
    [InlineData("AccessDeniedException", ErrorClass.Auth)]
    [InlineData("InvalidSignatureException", ErrorClass.Auth)]
    [InlineData("ExpiredTokenException:http://internal.amazon.com/", ErrorClass.Auth)]
    public async Task What_is_said_with_400_and_is_not_about_events_is_waited_out(string type, ErrorClass error)
    {
        Append(TimeSpan.Zero);
        var id = await CreateAsync();
        await UntilSentAsync(id);
        _receiver.Answer = _ => CloudWatchEmulator.Error(type, "not now");
        Append(TimeSpan.Zero, TimeSpan.Zero);
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var degraded = _streams.Stand(id).State.LastError!.Class;
        _receiver.Answer = _cloudWatch.Answer;

        await UntilSentAsync(id);

        Assert.Equal(error, degraded);
        Assert.Equal([0, 1, 2], Stored());
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("[]")]
    public async Task An_answer_that_cannot_be_read_confirms_nothing(string text)
    {
        Append(TimeSpan.Zero);
        _receiver.Answer = _ => new Reply(200, text);

        var id = await CreateAsync();
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal(-1, _streams.Stand(id).Cursor);
    }

    [Fact]
    public async Task A_wrong_secret_is_said_to_be_one()
    {
        var id = (await _streams.CreateAsync(Json().Replace("s3cret", "wrong"))).Definition.Id;

        var test = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal((false, ErrorClass.Auth, 400), (test!.Ok, test.Class, test.HttpStatus));
    }

    private void Append(params TimeSpan[] fromNow) => _streams.Ledger.Append([.. fromNow.Select((span, i) => ScriptedLedger.Body(_streams.Ledger.Size + i).Replace(
        "2026-03-15T08:42:17.003000000Z", Sluice.Events.Timestamp.Text(((Now + span).UtcTicks - DateTime.UnixEpoch.Ticks) * 100)))]);

    private List<int> Stored() => [.. _cloudWatch.Events().Select(one => JsonDocument.Parse(one.Message).RootElement.GetProperty("sequence").GetInt32())];

    private List<string> Calls() => [.. _receiver.Requests.Select(request => request.Headers["X-Amz-Target"].Split('.')[1])];

    private Task UntilSentAsync(string id) => _streams.UntilCursorAsync(id, _streams.Ledger.Size - 1);

    private string Json() =>
        $$"""{"provider":"cloudwatch","start_from":"beginning","endpoint":"{{_receiver.Address}}","region":"eu-central-1","access_key_id":"AKIDEXAMPLE","secret_access_key":"s3cret"}""";

    private async Task<string> CreateAsync() => (await _streams.CreateAsync(Json())).Definition.Id;
}
