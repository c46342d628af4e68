// Reads {introspection, sdl, root, documents:[{query, variables, operationName}]} and writes what graphql-js makes of it: {same, problems, results}.
import { buildClientSchema, buildSchema, graphql, lexicographicSortSchema, printSchema, validateSchema } from 'graphql';
import { readFileSync } from 'node:fs';

const input = JSON.parse(readFileSync(0, 'utf8'));
const schema = buildClientSchema(input.introspection);
const spelled = (one) => printSchema(lexicographicSortSchema(one));

// The resolvers of the test's schema: an echo of the arguments, a failure that the data asks for, else the member.
function resolve(source, args, _context, info) {
  if (info.fieldName.startsWith('echo')) return JSON.stringify(args);
  const value = source?.[info.fieldName];
  if (value?.$error !== undefined) throw new Error(value.$error);
  return value;
}

const results = [];
for (const { query, variables, operationName } of input.documents) {
  const result = await graphql({ schema, source: query, rootValue: input.root, variableValues: variables, operationName, fieldResolver: resolve });
  results.push({
    hasData: result.data !== undefined,
    data: result.data === undefined ? null : JSON.stringify(result.data),
    errors: (result.errors ?? []).map((error) => ({ message: error.message, locations: error.locations ?? [], path: error.path ?? null })),
  });
}

process.stdout.write(JSON.stringify({
  same: spelled(schema) === spelled(buildSchema(input.sdl)),
  problems: validateSchema(schema).map((problem) => problem.message),
  results,
}));
