// Writes the query with which tools learn a schema, with everything that graphql-js can ask for.
import { getIntrospectionQuery } from 'graphql';

process.stdout.write(getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }));
