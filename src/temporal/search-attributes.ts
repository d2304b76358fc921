import type { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from './names.ts';

/** Names of the search attributes that the server does not know yet. */
export async function missingSearchAttributes(client: Client): Promise<string[]> {
  const { operatorService } = client.connection as Connection;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace: client.options.namespace });
  return Object.keys(searchAttributes).filter((name) => !(name in (customAttributes ?? {})));
}

/** Registers what is missing. @throws Error with the command to run if the server does not let us. */
export async function ensureSearchAttributes(client: Client): Promise<void> {
  const missing = await missingSearchAttributes(client).catch((cause) => {
    throw new Error(`The search attributes could not be read. ${howToRegister(client)}`, { cause });
  });
  if (missing.length === 0) return;
  const { IndexedValueType } = proto.temporal.api.enums.v1;
  const types = {
    KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  };
  const wanted = missing.map((name) => [name, types[searchAttributes[name as keyof typeof searchAttributes]]]);
  try {
    await (client.connection as Connection).operatorService.addSearchAttributes({
      namespace: client.options.namespace,
      searchAttributes: Object.fromEntries(wanted),
    });
  } catch (cause) {
    throw new Error(`The search attributes ${missing.join(', ')} are missing. ${howToRegister(client)}`, { cause });
  }
}

function howToRegister(client: Client): string {
  const flags = Object.entries(searchAttributes).map(
    ([name, type]) => `--name ${name} --type ${type === 'DATETIME' ? 'Datetime' : 'Keyword'}`,
  );
  return (
    `Register them: temporal operator search-attribute create --namespace ${client.options.namespace} ` +
    `${flags.join(' ')} (on Temporal Cloud: in the namespace's settings or with tcld).`
  );
}
