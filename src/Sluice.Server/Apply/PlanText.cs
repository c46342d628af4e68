namespace Sluice.Server.Apply;

/// <summary>A plan as people read it: a line for each destination, one for each member that changes, and the sum.</summary>
internal static class PlanText
{
    public static void Write(TextWriter output, ApplyPlan plan, ApplyChoices choices)
    {
        foreach (var step in plan.Steps)
        {
            output.WriteLine(Line(step));
            foreach (var detail in Details(step)) output.WriteLine($"    {detail}");
        }

        output.WriteLine($"Plan: {Sum(plan)}.");
        if (!choices.Secrets && plan.Steps.Any(HasUncomparedSecrets)) output.WriteLine("Secrets that are set cannot be read back and were not compared; --secrets sends them again.");
    }

    public static string Sum(ApplyPlan plan) =>
        $"{Count<PlannedStep.Create>(plan)} to create, {Count<PlannedStep.Update>(plan)} to update, {Count<PlannedStep.Delete>(plan)} to delete, {Count<PlannedStep.Unchanged>(plan)} unchanged, {Count<PlannedStep.Extra>(plan)} only on the server";

    /// <summary>What is about to happen to it.</summary>
    public static string Verb(PlannedStep step) => step switch
    {
        PlannedStep.Create => "create",
        PlannedStep.Update => "update",
        PlannedStep.Delete => "delete",
        PlannedStep.Unchanged => "unchanged",
        _ => "only on the server; --prune deletes it",
    };

    private static string Line(PlannedStep step)
    {
        var note = step is PlannedStep.Update { Status: "failed" } ? "; it has failed, and goes on from now with this update" : "";
        return $"{Sign(step)} {step.Title} ({step.Provider}): {Verb(step)}{note}";
    }

    private static char Sign(PlannedStep step) => step switch
    {
        PlannedStep.Create => '+',
        PlannedStep.Update => '~',
        PlannedStep.Delete => '-',
        PlannedStep.Unchanged => '=',
        _ => '?',
    };

    private static IEnumerable<string> Details(PlannedStep step) => step switch
    {
        PlannedStep.Create create => Given(create.Declared),
        PlannedStep.Update update => update.Changes.Select(change => $"{change.Member}: {change.From} → {change.To}{(change.IsDrift ? "   (drift: not in the file)" : "")}"),
        _ => [],
    };

    private static IEnumerable<string> Given(DeclaredDestination declared)
    {
        var text = new MemberText(declared);
        return declared.Given.Select(member => member.Key).Where(member => member is not ("name" or "provider" or "tenant_id")).Select(member => $"{member}: {text.ToBe(member)}");
    }

    /// <summary>A stored one was kept as it is.</summary>
    private static bool HasUncomparedSecrets(PlannedStep step) => step switch
    {
        PlannedStep.Update update => HasSecrets(update.Declared),
        PlannedStep.Unchanged unchanged => HasSecrets(unchanged.Declared),
        _ => false,
    };

    private static bool HasSecrets(DeclaredDestination declared) =>
        declared.Members.Any(member => declared.Given[member.Name] is not null && WrittenSecrets.Of(member.Value(declared.Definition.Settings)).Any());

    private static int Count<T>(ApplyPlan plan) => plan.Steps.Count(step => step is T);
}
