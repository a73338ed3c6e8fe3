const systemLabels = [
  ...['INBOX', 'UNREAD', 'SENT', 'DRAFT', 'STARRED', 'IMPORTANT', 'SPAM', 'TRASH', 'CHAT'],
  ...['PERSONAL', 'SOCIAL', 'PROMOTIONS', 'UPDATES', 'FORUMS'].map((category) => `CATEGORY_${category}`),
];

/** `Label` of the Gmail API, without its counts. */
export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
  messageListVisibility?: 'show' | 'hide' | undefined;
  labelListVisibility?: 'labelShow' | 'labelShowIfUnread' | 'labelHide' | undefined;
  color?: { textColor: string; backgroundColor: string } | undefined;
}

/** What a person may choose of a label. */
export type LabelChoices = Omit<Label, 'id' | 'type'>;

/** The labels of one mailbox: Gmail's own, and those of its owner. An id is given once and never again. */
export class Labels {
  private labels: readonly Label[];
  private lastNumber: number;

  constructor(userLabels: Readonly<Record<string, string>>) {
    this.labels = [
      ...systemLabels.map((id) => ({ id, name: id, type: 'system' as const })),
      ...Object.entries(userLabels).map(([id, name]) => ({ id, name, type: 'user' as const })),
    ];
    this.lastNumber = Object.keys(userLabels).length;
  }

  list(): readonly Label[] {
    return this.labels;
  }

  find(id: string): Label | undefined {
    return this.labels.find((label) => label.id === id);
  }

  /** Names are compared as Gmail does: in any case, and a hyphen stands for a slash or a blank. */
  named(name: string): Label | undefined {
    return this.labels.find((label) => comparable(label.name) === comparable(name));
  }

  create(choices: LabelChoices): Label {
    this.lastNumber += 1;
    const label = { ...choices, id: `Label_${this.lastNumber}`, type: 'user' as const };
    this.labels = [...this.labels, label];
    return label;
  }

  replace(id: string, choices: LabelChoices): Label {
    const label = { ...choices, id, type: 'user' as const };
    this.labels = this.labels.map((each) => (each.id === id ? label : each));
    return label;
  }

  remove(id: string): void {
    this.labels = this.labels.filter((label) => label.id !== id);
  }
}

function comparable(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s/]+/g, '-');
}
