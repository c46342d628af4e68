using Sluice.Delivery;
using Sluice.Events;
using Sluice.Streams;

namespace Sluice.Server.Endpoints;

internal sealed record DeadLetterListAnswer(IReadOnlyList<DeadLetterAnswer> DeadLetters, string? NextPageToken);

internal sealed record DeadLetterAnswer(string Id, long Sequence, string TenantId, string Reason, string Class, string At, int Attempts, string? ReplayId)
{
    public static DeadLetterAnswer Of(DeadLetter letter) =>
        new(letter.Id, letter.Sequence, letter.TenantId, letter.Reason, letter.Class.Name(), Timestamp.Text(letter.At), letter.Attempts, letter.ReplayId);
}

internal sealed record GapListAnswer(IReadOnlyList<GapAnswer> Gaps);

internal sealed record LagListAnswer(IReadOnlyList<LagSampleAnswer> Samples);

internal sealed record LagSampleAnswer(string At, long Events, long Seconds)
{
    public static LagSampleAnswer Of(LagSample sample) => new(Timestamp.Text(sample.At), sample.Events, sample.Seconds);
}

internal sealed record GapAnswer(string Id, string Reason, long First, long? Last, long? Count, string OpenedAt, string? ClosedAt, string? RefilledAt)
{
    public static GapAnswer Of(Gap gap) =>
        new(gap.Id, gap.Reason, gap.First, gap.Last, gap.Count, Timestamp.Text(gap.OpenedAt), Text(gap.ClosedAt), Text(gap.RefilledAt));

    private static string? Text(long? time) => time is { } given ? Timestamp.Text(given) : null;
}

internal sealed record AttemptListAnswer(IReadOnlyList<AttemptAnswer> Attempts, string? NextPageToken);

internal sealed record AttemptAnswer(
    string At, long FirstSequence, long LastSequence, int Events, long Bytes, long DurationMs, string Result, string? Class, int? HttpStatus, string? Message)
{
    public static AttemptAnswer Of(Attempt attempt) => new(
        Timestamp.Text(attempt.At), attempt.FirstSequence, attempt.LastSequence, attempt.Events, attempt.Bytes, attempt.DurationMilliseconds,
        attempt.Result, attempt.Class, attempt.HttpStatus, attempt.Message);
}

internal sealed record TestAnswer(bool Ok, string? Class, int? HttpStatus, long DurationMs, long SentBytes, string? Answer)
{
    public static TestAnswer Of(TestResult result) =>
        new(result.Ok, result.Class?.Name(), result.HttpStatus, result.DurationMilliseconds, result.SentBytes, result.Answer);
}
