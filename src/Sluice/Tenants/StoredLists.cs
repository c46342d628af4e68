namespace Sluice.Tenants;

/// <summary>Lists as the tables keep them: with commas between, nothing when empty.</summary>
internal static class StoredLists
{
    public static string? Stored(this AddressList list) => list.Texts.Count == 0 ? null : list.ToString();

    public static AddressList Networks(string? stored) =>
        stored is not null && AddressList.TryParse(stored.Split(','), out var list, out _) ? list : AddressList.Everywhere;
}
