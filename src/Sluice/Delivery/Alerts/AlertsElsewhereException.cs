namespace Sluice.Delivery.Alerts;

/// <summary>Another node has noted what it tells since this one looked: it tells now.</summary>
internal sealed class AlertsElsewhereException() : Exception("Another node tells of destinations in trouble now.");
