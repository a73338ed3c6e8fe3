import { Card, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../../words.js';
import { Bars, type Bar } from './bars.js';
import classes from './figure-card.module.css';
import type { FigureWindow } from './figures-query.js';

const texts = words.numbers;

interface FigureCardProps {
  title: string;
  hint: string;
  window: FigureWindow;
  /** The figure of the whole window. */
  total: string;
  /** Beneath it: of what. */
  beneath: string;
  bars: readonly Bar[];
  children: ReactNode;
}

/** A key figure: as a number and, where anything happened, as a picture and as a table. */
export function FigureCard({ title, hint, window, total, beneath, bars, children }: FigureCardProps) {
  return (
    <Card component="section" aria-label={title} withBorder padding="lg">
      <Stack gap="sm" h="100%">
        <div>
          <Title order={2} size="h5">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        </div>
        <div>
          <Text fw={700} className={classes.total}>
            {total}
          </Text>
          <Text size="sm" c="dimmed">
            {beneath}
          </Text>
        </div>
        {bars.some(({ parts }) => parts !== null) && (
          <Stack gap="sm" mt="auto">
            <Bars
              bars={bars}
              label={texts.picture(title, `${total}, ${beneath}`)}
              from={texts.ago[window]}
              to={texts.now}
            />
            <details>
              <summary className={classes.summary} aria-label={texts.tableOf(title)}>
                {texts.asTable}
              </summary>
              {children}
            </details>
          </Stack>
        )}
      </Stack>
    </Card>
  );
}

interface FigureTableProps {
  head: readonly string[];
  /** The first cell of each names it. */
  rows: readonly (readonly string[])[];
  /** In how many buckets nothing happened. */
  quiet: number;
}

export function FigureTable({ head, rows, quiet }: FigureTableProps) {
  return (
    <>
      {rows.length > 0 && (
        <Table mt="xs" fz="xs">
          <Table.Thead>
            <Table.Tr>
              {head.map((cell) => (
                <Table.Th key={cell}>{cell}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([name, ...cells]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                {cells.map((cell, index) => (
                  <Table.Td key={index}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {quiet > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {texts.quiet(quiet)}
        </Text>
      )}
    </>
  );
}
