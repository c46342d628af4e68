namespace Sluice.Events;

/// <summary>One of the event's objects, spelled: whole, and without its personal members.</summary>
internal readonly record struct ShapedObject(Slice Whole, Slice Public, Slice Personal);
