import { Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import { instant } from '../../format.js';
import { Answer, Waiting } from '../../shell/answer.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { useFigures, type Figures, type FigureScope, type FigureWindow } from './figures-query.js';
import { Present } from './present.js';
import { ReauthenticationFigure } from './reauthentication-figure.js';
import { ShareFigure } from './share-figure.js';

const texts = words.numbers;
const windows = ['24h', '30d'] as const satisfies FigureWindow[];
const scopes = ['tenant', 'deployment'] as const satisfies FigureScope[];

/** How well refreshing goes. */
export default function NumbersPage() {
  const { operator } = useSession();
  const [window, setWindow] = useState<FigureWindow>('24h');
  const [scope, setScope] = useState<FigureScope>('tenant');
  const query = useFigures(window, scope);
  return (
    <Page
      title={texts.title}
      actions={
        <Group gap="sm">
          {operator && (
            <SegmentedControl
              aria-label={texts.scope}
              value={scope}
              onChange={(chosen) => setScope(chosen)}
              data={scopes.map((value) => ({ value, label: texts.scopes[value] }))}
            />
          )}
          <SegmentedControl
            aria-label={texts.window}
            value={window}
            onChange={(chosen) => setWindow(chosen)}
            data={windows.map((value) => ({ value, label: texts.windows[value] }))}
          />
        </Group>
      }
    >
      <Answer query={query} waiting={<Waiting lines={12} />}>
        {(figures) => (
          <div aria-busy={query.isPlaceholderData}>
            <Pictures figures={figures} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Pictures({ figures }: { figures: Figures }) {
  const { window, to, refreshSuccess, oauthServiceAvailability, fallbackUse, reauthentications, now } =
    figures;
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ShareFigure
          name="refreshSuccess"
          course={refreshSuccess}
          direction="more-is-better"
          window={window}
        />
        <ShareFigure
          name="oauthServiceAvailability"
          course={oauthServiceAvailability}
          direction="more-is-better"
          window={window}
        />
        <ShareFigure name="fallbackUse" course={fallbackUse} direction="less-is-better" window={window} />
        <ReauthenticationFigure course={reauthentications} window={window} />
      </SimpleGrid>
      <Present now={now} />
      <Text size="xs" c="dimmed">
        {texts.counted(instant(to))}
      </Text>
    </Stack>
  );
}
