import { type AttributeValue, isAttributeArray } from '../../../shared/model/attributes.ts';
import type { AttributeGroup } from './attribute-groups.ts';

/** One line each, 'name = value', under the titles of their groups. */
export function attributesText(groups: readonly AttributeGroup[]): string {
  return groups
    .map(({ title, rows }) => [`# ${title}`, ...rows.map(({ name, value }) => `${name} = ${plainText(value)}`)].join('\n'))
    .join('\n\n');
}

/** An object of objects: title of the group, name, value as stored. */
export function attributesJson(groups: readonly AttributeGroup[]): string {
  return JSON.stringify(
    Object.fromEntries(groups.map(({ title, rows }) => [title, Object.fromEntries(rows.map(({ name, value }) => [name, value]))])),
    null,
    2,
  );
}

export function plainText(value: AttributeValue): string {
  return isAttributeArray(value) ? `[${value.values.join(', ')}]` : String(value);
}
