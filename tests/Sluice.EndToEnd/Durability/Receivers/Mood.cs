namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>What a receiver does with a request.</summary>
internal enum Mood
{
    Answers,
    AnswersLate,
    Refuses,
    NeverAnswers,
    HangsUp,
    HangsUpAtOnce,

    /// <summary>It keeps what it got, and the sender never learns that.</summary>
    LosesItsAnswer,
}
