using System.Text.Json.Nodes;
using Sluice.Server.Configuration;

namespace Sluice.Server.Apply;

/// <summary>Compares a file with a server, and makes the server have what the file says.</summary>
/// <param name="output">What is planned and done.</param>
/// <param name="notes">What should be known beside it.</param>
internal sealed class ApplyRun(DestinationsFile file, DestinationsApi api, ApplyChoices choices, TextWriter output, TextWriter notes)
{
    public async Task<ApplyPlan> PlanAsync(CancellationToken cancellation)
    {
        var listed = await ListAsync(cancellation);
        return ApplyPlan.Of(file, listed, await api.IsTenantsKeyAsync(cancellation), choices);
    }

    public void Show(ApplyPlan plan) => PlanText.Write(output, plan, choices);

    /// <summary>Makes the changes in order.</summary>
    /// <returns>Whether all were made; otherwise it has said which were not.</returns>
    public async Task<bool> ApplyAsync(ApplyPlan plan, CancellationToken cancellation)
    {
        var left = new Queue<PlannedStep>(plan.Steps.Where(step => step.IsChange));
        var done = 0;
        for (; left.TryPeek(out var step); done++, left.Dequeue())
        {
            try
            {
                await MakeAsync(step, cancellation);
            }
            catch (StartupException stopped)
            {
                SayStopped(step, stopped, done, left);
                return false;
            }
        }

        output.WriteLine(done == 0 ? "Nothing to change." : $"Applied: {done} {(done == 1 ? "change" : "changes")}.");
        return true;
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellation)
    {
        try
        {
            return await api.ListAsync(cancellation);
        }
        catch (RefusedException refused)
        {
            throw new ApplyException($"The key may not manage destinations: {refused.Message} It needs the role operator or admin.");
        }
    }

    private async Task MakeAsync(PlannedStep step, CancellationToken cancellation)
    {
        var (word, answer) = step switch
        {
            PlannedStep.Create create => ("created", await api.CreateAsync(create.Body(), cancellation)),
            PlannedStep.Update update => ("updated", await api.UpdateAsync(update.Id, update.Body(), cancellation)),
            PlannedStep.Delete delete => ("deleted", await api.DeleteAsync(delete.Id, cancellation)),
            _ => throw new InvalidOperationException($"Nothing is to be done to {step.Title}."),
        };
        output.WriteLine($"{word} {step.Title} {(string?)answer["id"]}");
        if ((string?)answer["warning"] is { } warning) notes.WriteLine($"warning: {step.Title}: {warning}");
    }

    private void SayStopped(PlannedStep step, StartupException reason, int done, IEnumerable<PlannedStep> left)
    {
        notes.WriteLine($"sluice: {Where(step, reason)}");
        notes.WriteLine($"Stopped after {done} of {done + left.Count()} changes. Not done:");
        foreach (var one in left) notes.WriteLine($"    {PlanText.Verb(one)} {one.Title}");
        notes.WriteLine("Run the same command again to go on: what is done is not done twice.");
    }

    /// <summary>The server's verdict, at the line it is about.</summary>
    private string Where(PlannedStep step, StartupException reason)
    {
        var declared = (step as PlannedStep.Create)?.Declared ?? (step as PlannedStep.Update)?.Declared;
        if (declared is null) return $"{step.Title}: {reason.Message}";
        var field = (reason as RefusedException)?.Field;
        return new FileProblem(declared.PlaceOf(field), $"{step.Title}: {declared.Hide(reason.Message)}").In(file.Path);
    }
}
