namespace Sluice.Events;

/// <summary>A piece of canonical JSON in the speller's buffer.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}

/// <summary>One member of an object being spelled: <c>"key":value</c> in the buffer.</summary>
internal struct Member
{
    public int Start, End, KeyLength;

    /// <summary>The key is spelled with escapes, so comparing it means undoing them.</summary>
    public bool KeyIsEscaped;

    /// <summary>It stands behind the salted commitment.</summary>
    public bool IsPersonal;

    public readonly Slice Value => new(Start + KeyLength + 3, End - Start - KeyLength - 3);
}
