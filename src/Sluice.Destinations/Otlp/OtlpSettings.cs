using Sluice.Destinations.Http;

namespace Sluice.Destinations.Otlp;

/// <summary>A receiver of OTLP over HTTP needs nothing but its address, and a header where it wants a key.</summary>
public sealed record OtlpSettings : HttpSettings;
