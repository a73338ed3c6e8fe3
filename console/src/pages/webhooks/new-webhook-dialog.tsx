import { Dialog } from '../../shell/dialog.js';
import { words } from '../../words.js';
import { SecretOnce } from './secret-once.js';
import { WebhookForm } from './webhook-form.js';
import { useNewWebhook } from './webhook-queries.js';

const texts = words.webhooks;

/** Asks for a new webhook, and shows its secret, which is not to be closed by a slip. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const creation = useNewWebhook();
  const created = creation.data;
  return (
    <Dialog title={created ? texts.secretTitle : texts.add} onClose={onClose} isHeld={created !== undefined}>
      {created ? (
        <SecretOnce secret={created.secret} onDone={onClose} />
      ) : (
        <WebhookForm
          initial={{ url: '', events: null }}
          button={texts.create}
          isPending={creation.isPending}
          error={creation.error}
          onSubmit={(input) => creation.mutate(input)}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
