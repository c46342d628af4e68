namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>A mutation is refused for what it was given: the answer is its payload, with these errors.</summary>
/// <param name="record">What stays as it was, where GitLab shows it.</param>
internal sealed class PayloadException(IReadOnlyList<string> errors, object? record = null) : Exception(string.Join(", ", errors))
{
    public PayloadException(string error)
        : this([error])
    {
    }

    public IReadOnlyList<string> Errors { get; } = errors;

    public object? Record { get; } = record;
}
