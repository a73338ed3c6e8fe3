/** The modules of a Mermaid flowchart, and its arrows as `from --> to`. */
export interface ModulePicture {
  modules: string[];
  arrows: string[];
  groups: ReadonlyMap<string, readonly string[]>;
}

const node = /([\w-]+)(?:\[[^\]]*\])?/;
const edge = new RegExp(`^${node.source} --> ${node.source}$`);
const loneNode = new RegExp(`^${node.source}$`);
const subgraph = /^subgraph ([\w-]+)/;

/**
 * Reads the first Mermaid flowchart of a Markdown text below this heading. An arrow to a subgraph means one to each of
 * its nodes.
 */
export function modulePicture(markdown: string, heading: string): ModulePicture {
  const modules = new Set<string>();
  const edges: [from: string, to: string][] = [];
  const groups = new Map<string, string[]>();
  let group: string[] | null = null;

  for (const line of linesOfChart(markdown, heading)) {
    const opened = subgraph.exec(line)?.[1];
    const [, from, to] = edge.exec(line) ?? [];
    if (opened !== undefined) groups.set(opened, (group = []));
    else if (line === 'end') group = null;
    else if (from !== undefined && to !== undefined) edges.push([from, to]);
    else group?.push(loneNodeOf(line));
  }

  for (const each of [...edges.flat(), ...[...groups.values()].flat()])
    if (!groups.has(each)) modules.add(each);
  const arrows = edges.flatMap(([from, to]) =>
    (groups.get(to) ?? [to]).map((target) => `${from} --> ${target}`),
  );
  return { modules: [...modules].sort(), arrows: arrows.sort(), groups };
}

function linesOfChart(markdown: string, heading: string): string[] {
  const [, section] = markdown.split(`\n${heading}\n`);
  const chart = /```mermaid\nflowchart \w+\n(.*?)```/s.exec(section ?? '')?.[1];
  if (chart === undefined) throw new Error(`There is no Mermaid flowchart below "${heading}"`);
  return chart
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function loneNodeOf(line: string): string {
  const name = loneNode.exec(line)?.[1];
  if (name === undefined) throw new Error(`Not understood: ${line}`);
  return name;
}
