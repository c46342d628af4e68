namespace Sluice.Profiles;

/// <summary>The members of an event that profiles ask for.</summary>
internal enum EventField
{
    Id,
    Timestamp,
    TenantId,
    Category,
    Action,
    Outcome,
    Service,
    Actor,
    ActorType,
    ActorId,
    ActorName,
    ActorEmail,

    /// <summary>The whole actor, when it has members of its sender's own.</summary>
    ActorMore,
    Resource,
    ResourceType,
    ResourceId,
    ResourceName,

    /// <summary>The whole resource, when it has members of its sender's own.</summary>
    ResourceMore,
    SourceIp,
    UserAgent,
    SessionId,
    ApiKeyId,
    RequestId,
    ApiCall,
    Endpoint,
    Method,
    Url,
    GrpcCode,
    HttpStatus,
    ErrorReason,
    Request,
    Response,
    StartedAt,
    EndedAt,
    Metadata,
    MetadataPersonal,
    Salt,
}
