    CREATE CHANGEFEED INTO 'gs://gc-storage-zitadel-data/events?partition_format=flat&AUTH=specified&CREDENTIALS=base64encodedkey' 
    AS SELECT instance_id, aggregate_type, aggregate_id, owner, event_type, sequence, created_at 
    CASE WHEN event_type IN ('instance.domain.added', 'instance.domain.removed', 'instance.domain.primary.set' ) 
    THEN payload END AS payload 
    FROM eventstore.events2;
