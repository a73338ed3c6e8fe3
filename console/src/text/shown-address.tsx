import { Mark } from '@mantine/core';
import { words } from '../words.js';
import { addressSpelling } from './address-spelling.js';
import { ShownText } from './shown-text.js';

interface ShownAddressProps {
  address: string;
  /** The writer's to choose; empty without one. */
  name?: string;
}

/** An address as mail goes to it, its name behind it. */
export function ShownAddress({ address, name = '' }: ShownAddressProps) {
  const { ascii, written, isForeign } = addressSpelling(address);
  return (
    <>
      <strong>
        <ShownText text={ascii} />
      </strong>
      {written !== null && (
        <>
          {' '}
          ({words.texts.writtenAs} <ShownText text={written} />)
        </>
      )}
      {isForeign && (
        <>
          {' '}
          <Mark>{words.texts.foreignLetters}</Mark>
        </>
      )}
      {name.trim() !== '' && (
        <>
          , {words.texts.named} “<ShownText text={name} />”
        </>
      )}
    </>
  );
}
