// Drives SLUICE_URL with two clients that others wrote, graphql-request and Apollo Client, and checks every document that they send with graphql-js
// against the schema that the server tells. Writes what came of it as JSON.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { buildClientSchema, getIntrospectionQuery, parse, validate, validateSchema } from 'graphql';
import { ClientError, GraphQLClient } from 'graphql-request';

const { SLUICE_URL, SLUICE_KEY, RECEIVER_URL } = process.env;
const url = `${SLUICE_URL}/api/graphql`;
const report = { invalid: [] };

const anonymous = new GraphQLClient(url);
const introspection = await anonymous.request(getIntrospectionQuery({ specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }));
const schema = buildClientSchema(introspection);
report.types = introspection.__schema.types.length;
report.invalid.push(...validateSchema(schema).map((problem) => problem.message));

function checked(document) {
  report.invalid.push(...validate(schema, parse(document)).map((problem) => problem.message));
  return document;
}

// graphql-request: the legacy mutations of the instance.
const admin = new GraphQLClient(url, { headers: { 'PRIVATE-TOKEN': SLUICE_KEY } });
const created = await admin.request(
  checked(`mutation create($input: InstanceExternalAuditEventDestinationCreateInput!) {
    instanceExternalAuditEventDestinationCreate(input: $input) { errors instanceExternalAuditEventDestination { id destinationUrl verificationToken } } }`),
  { input: { destinationUrl: `${RECEIVER_URL}/instance`, name: 'by graphql-request' } },
);
const destination = created.instanceExternalAuditEventDestinationCreate.instanceExternalAuditEventDestination;
report.token = destination.verificationToken;
await admin.request(
  checked(`mutation header($id: AuditEventsInstanceExternalAuditEventDestinationID!) {
    active: auditEventsStreamingInstanceHeadersCreate(input: { destinationId: $id, key: "X-Active", value: "yes" }) { errors header { id } }
    inactive: auditEventsStreamingInstanceHeadersCreate(input: { destinationId: $id, key: "X-Inactive", value: "no", active: false }) { errors header { id } }
    type: auditEventsStreamingInstanceHeadersCreate(input: { destinationId: $id, key: "Content-Type", value: "application/json" }) { errors header { id } }
    filters: auditEventsStreamingDestinationInstanceEventsAdd(input: { destinationId: $id, eventTypeFilters: ["user.login"] }) { errors eventTypeFilters } }`),
  { id: destination.id },
);
report.listed = (await admin.request(
  checked(`{ instanceExternalAuditEventDestinations { nodes { name destinationUrl eventTypeFilters headers { nodes { key value active } } } } }`),
)).instanceExternalAuditEventDestinations.nodes;

const refused = await new GraphQLClient(url, { headers: { authorization: 'Bearer wrong' } }).request('{ __typename }').catch((error) => error);
report.refused = refused instanceof ClientError && { status: refused.response.status, message: refused.response.errors[0].message };
const forbidden = await anonymous.request(`mutation { instanceAuditEventStreamingDestinationsDelete(input: { id: "gid://gitlab/AuditEvents::Instance::ExternalStreamingDestination/1" }) { errors } }`).catch((error) => error);
report.forbidden = forbidden.response.errors[0];

// Apollo Client: the consolidated API of a group, with fragments on interfaces and the cache.
const possibleTypes = Object.fromEntries(introspection.__schema.types.filter((type) => type.possibleTypes).map((type) => [type.name, type.possibleTypes.map((possible) => possible.name)]));
const apollo = new ApolloClient({ cache: new InMemoryCache({ possibleTypes }), link: new HttpLink({ uri: url, headers: { Authorization: `Bearer ${SLUICE_KEY}` } }) });
const FIELDS = `fragment Destination on AuditEventStreamingDestinationInterface { id name category config active secretToken eventTypeFilters }`;
const CREATE = `${FIELDS} mutation create($input: GroupAuditEventStreamingDestinationsCreateInput!) {
  groupAuditEventStreamingDestinationsCreate(input: $input) { errors externalAuditEventDestination { ...Destination group { fullPath } } } }`;
const LIST = `${FIELDS} query list($path: ID!, $first: Int, $after: String) {
  group(fullPath: $path) { id externalAuditEventStreamingDestinations(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...Destination } } } }`;
const UPDATE = `${FIELDS} mutation update($input: GroupAuditEventStreamingDestinationsUpdateInput!) {
  groupAuditEventStreamingDestinationsUpdate(input: $input) { errors externalAuditEventDestination { ...Destination } } }`;
const names = [];
for (const name of ['one', 'two', 'three']) {
  const { data } = await apollo.mutate({
    mutation: gql(checked(CREATE)),
    variables: { input: { groupPath: 'acme', category: 'http', name, config: { url: `${RECEIVER_URL}/acme/${name}`, headers: { 'X-Name': { value: name, active: true } } } } },
  });
  const payload = data.groupAuditEventStreamingDestinationsCreate;
  names.push([payload.errors.length, payload.__typename, payload.externalAuditEventDestination.__typename, payload.externalAuditEventDestination.group.fullPath]);
}
report.created = names;
const first = await apollo.query({ query: gql(checked(LIST)), variables: { path: 'acme', first: 2 } });
const page = first.data.group.externalAuditEventStreamingDestinations;
const rest = await apollo.query({ query: gql(LIST), variables: { path: 'acme', first: 2, after: page.pageInfo.endCursor } });
report.pages = [page, rest.data.group.externalAuditEventStreamingDestinations].map(({ nodes, pageInfo }) => [nodes.map((node) => node.name), pageInfo.hasNextPage]);
const changed = await apollo.mutate({ mutation: gql(checked(UPDATE)), variables: { input: { id: page.nodes[0].id, name: 'renamed', active: false } } });
report.changed = changed.data.groupAuditEventStreamingDestinationsUpdate.externalAuditEventDestination;
const cached = apollo.readFragment({ id: apollo.cache.identify(page.nodes[0]), fragment: gql(FIELDS) });
report.cached = [cached.name, cached.active];
const duplicate = await apollo.mutate({ mutation: gql(UPDATE), variables: { input: { id: page.nodes[0].id, name: 'one' } } });
report.duplicate = duplicate.data.groupAuditEventStreamingDestinationsUpdate.errors;
const broken = await apollo.query({ query: gql`{ unknown }`, errorPolicy: 'all' });
report.broken = broken.error?.errors?.[0]?.extensions?.code;

process.stdout.write(JSON.stringify(report));
process.exit(0);
