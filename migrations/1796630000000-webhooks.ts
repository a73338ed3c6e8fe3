import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks, and the outbox that is written in the transaction of what it tells. */
export class Webhooks1796630000000 implements MigrationInterface {
  readonly name = 'Webhooks1796630000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...walls, ...functions, pinnedPaths, ...triggers])
      await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [name, table] of triggerTables) await queryRunner.query(`DROP TRIGGER ${name} ON ${table}`);
    await queryRunner.query(`DROP FUNCTION ${functionNames.join(', ')}`);
    await queryRunner.query('DROP TABLE webhook_deliveries, webhook_events, webhook_streams, webhooks');
  }
}

const tables = [
  `CREATE TABLE webhooks (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT webhooks_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT webhooks_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     url text NOT NULL,
     events text[],
     enabled boolean NOT NULL DEFAULT true,
     disabled_reason text,
     secret text NOT NULL,
     former_secret text,
     former_secret_until timestamptz,
     failing_since timestamptz,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     updated_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT webhooks_tenant_id_unique UNIQUE (tenant_id, id)
   )`,
  // Not a foreign key to the instance: a refresh would wait for who has that row in hand, and it for the refresh.
  `CREATE TABLE webhook_streams (
     instance_id uuid NOT NULL CONSTRAINT webhook_streams_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT webhook_streams_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     ordinal bigint NOT NULL DEFAULT 0,
     condition text,
     credential_id uuid,
     generation integer
   )`,
  `CREATE TABLE webhook_events (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT webhook_events_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT webhook_events_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     type text NOT NULL,
     data jsonb NOT NULL,
     at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT webhook_events_tenant_id_unique UNIQUE (tenant_id, id)
   )`,
  'CREATE INDEX webhook_events_age ON webhook_events (at)',
  `CREATE TABLE webhook_deliveries (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT webhook_deliveries_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT webhook_deliveries_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     webhook_id uuid NOT NULL,
     event_id uuid NOT NULL,
     instance_id uuid,
     ordinal bigint,
     status text NOT NULL DEFAULT 'pending'
       CONSTRAINT webhook_deliveries_status CHECK (status IN ('pending', 'failed', 'delivered', 'given_up')),
     attempts integer NOT NULL DEFAULT 0,
     next_attempt_at timestamptz,
     lease_id uuid,
     last_status integer,
     failure text,
     duration_ms integer,
     last_attempt_at timestamptz,
     ended_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT webhook_deliveries_webhook_fk
       FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE,
     CONSTRAINT webhook_deliveries_event_fk
       FOREIGN KEY (tenant_id, event_id) REFERENCES webhook_events (tenant_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_attempt_at)
     WHERE status IN ('pending', 'failed')`,
  `CREATE INDEX webhook_deliveries_line ON webhook_deliveries (webhook_id, instance_id, ordinal)
     WHERE status IN ('pending', 'failed')`,
  'CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, created_at, id)',
  'CREATE INDEX webhook_deliveries_event ON webhook_deliveries (event_id)',
  'CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at)',
];

const walls = [
  ...['webhooks', 'webhook_streams', 'webhook_events', 'webhook_deliveries'].flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant_wall ON ${table} TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
  ]),
  'GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO evergrant_tenant',
  // To take its lock, under which deliveries end.
  'GRANT SELECT (instance_id, tenant_id), UPDATE (ordinal) ON webhook_streams TO evergrant_tenant',
  'GRANT SELECT, INSERT ON webhook_events TO evergrant_tenant',
  'GRANT SELECT, INSERT, UPDATE ON webhook_deliveries TO evergrant_tenant',
];

const suspectUnderHold = `c.verdict = 'suspect' AND c.suspected_at IS NOT NULL AND EXISTS (
  SELECT FROM verdict_holds h WHERE h.oauth_client_id = c.oauth_client_id
    AND (h.tenant_id IS NULL OR h.tenant_id = c.tenant_id))`;

const functions = [
  `CREATE FUNCTION evergrant_is_awaited(tenant uuid, event_type text) RETURNS boolean LANGUAGE sql STABLE
   SET search_path FROM CURRENT AS $$
     SELECT EXISTS (SELECT FROM webhooks w
       WHERE w.tenant_id = tenant AND w.enabled AND (w.events IS NULL OR event_type = ANY (w.events)))
   $$`,

  // What an instance is told to be, by its credential; null while that says nothing yet. That a grant is dead is said
  // by the verdict: its first refusal is only on the way there.
  `CREATE FUNCTION evergrant_condition(c mcp_credentials) RETURNS text LANGUAGE sql STABLE
   SET search_path FROM CURRENT AS $$
     SELECT CASE
       WHEN c.id IS NULL THEN 'disconnected'
       WHEN ${suspectUnderHold} THEN 'degraded'
       WHEN c.verdict <> 'active' OR c.oauth_status = 'failed' THEN 'requires_reauth'
       WHEN c.oauth_status <> 'completed' OR c.error_code = 'INVALID_REFRESH_TOKEN' THEN NULL
       WHEN c.error_code IS NULL THEN 'connected'
       WHEN c.error_code IN ('INVALID_CLIENT', 'INSUFFICIENT_SCOPE', 'OAUTH_FLOW_REQUIRED') THEN 'requires_reauth'
       ELSE 'degraded'
     END
   $$`,

  // Takes the place in line at which the events of one instance are written, until the transaction ends.
  `CREATE FUNCTION evergrant_hold_stream(tenant uuid, instance uuid, former webhook_streams DEFAULT NULL)
   RETURNS webhook_streams LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   DECLARE stream webhook_streams;
   BEGIN
     SELECT * INTO stream FROM webhook_streams s WHERE s.instance_id = instance FOR UPDATE;
     IF FOUND THEN RETURN stream; END IF;
     INSERT INTO webhook_streams (instance_id, tenant_id, condition, credential_id, generation)
       SELECT instance, t.id, former.condition, former.credential_id, former.generation
       FROM tenants t WHERE t.id = tenant ON CONFLICT DO NOTHING;
     SELECT * INTO stream FROM webhook_streams s WHERE s.instance_id = instance FOR UPDATE;
     RETURN stream;
   END $$`,

  // An event and its deliveries. The caller holds the instance's stream. A webhook that is being deleted is waited for,
  // and left out, so that what is told never fails for it.
  `CREATE FUNCTION evergrant_raise_event(tenant uuid, instance uuid, event_type text, told jsonb) RETURNS void
   LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   DECLARE
     event uuid;
     place bigint;
   BEGIN
     IF NOT evergrant_is_awaited(tenant, event_type) THEN RETURN; END IF;
     UPDATE webhook_streams SET ordinal = ordinal + 1 WHERE instance_id = instance RETURNING ordinal INTO place;
     IF place IS NULL THEN RETURN; END IF;
     INSERT INTO webhook_events (tenant_id, type, data) VALUES (tenant, event_type, told) RETURNING id INTO event;
     INSERT INTO webhook_deliveries (tenant_id, webhook_id, event_id, instance_id, ordinal, next_attempt_at)
       SELECT tenant, w.id, event, instance, place, CASE WHEN NOT EXISTS (
           SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.instance_id = instance
             AND d.ordinal IS NOT NULL AND d.status IN ('pending', 'failed')) THEN evergrant_now() END
       FROM webhooks w
       WHERE w.tenant_id = tenant AND w.enabled AND (w.events IS NULL OR event_type = ANY (w.events))
       FOR KEY SHARE OF w;
   END $$`,

  // Tells what an instance has become, if that is news; a new grant is, also for one that was connected.
  `CREATE FUNCTION evergrant_tell_condition(tenant uuid, instance uuid, former webhook_streams, is_granted boolean)
   RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   DECLARE
     stream webhook_streams;
     i mcp_instances;
     c mcp_credentials;
     became text;
     is_new_grant boolean;
   BEGIN
     stream := evergrant_hold_stream(tenant, instance, former);
     SELECT * INTO i FROM mcp_instances WHERE id = instance;
     IF i.id IS NULL THEN DELETE FROM webhook_streams WHERE instance_id = instance; END IF;
     IF stream.instance_id IS NULL OR i.id IS NULL THEN RETURN; END IF;
     SELECT * INTO c FROM mcp_credentials WHERE tenant_id = i.tenant_id AND id = i.credential_id;
     became := evergrant_condition(c);
     is_new_grant := (c.id, c.generation) IS DISTINCT FROM (stream.credential_id, stream.generation);
     IF became IS NULL OR (became IS NOT DISTINCT FROM stream.condition
       AND NOT (is_granted AND is_new_grant AND became = 'connected')) THEN RETURN; END IF;
     UPDATE webhook_streams SET condition = became, credential_id = c.id, generation = c.generation
       WHERE instance_id = instance;
     PERFORM evergrant_raise_event(tenant, instance, 'instance.' || became, jsonb_build_object(
       'instanceId', i.id, 'name', i.name, 'externalId', i.external_id, 'provider', i.provider, 'email', c.email,
       'requiresReauth', became = 'requires_reauth',
       'errorCode', CASE
         WHEN ${suspectUnderHold} THEN 'SERVICE_UNAVAILABLE'
         WHEN c.verdict <> 'active' OR c.oauth_status = 'failed' THEN 'INVALID_REFRESH_TOKEN'
         ELSE c.error_code END,
       'reason', CASE
         WHEN became = 'connected' THEN CASE WHEN is_new_grant THEN 'granted' ELSE 'recovered' END
         WHEN became = 'requires_reauth' THEN CASE
           WHEN c.verdict = 'suspect' THEN 'refusal_unconfirmed'
           WHEN c.verdict <> 'active' OR c.oauth_status = 'failed' THEN 'grant_ended'
           WHEN c.error_code = 'INVALID_CLIENT' THEN 'client_rejected'
           WHEN c.error_code = 'INSUFFICIENT_SCOPE' THEN 'scope_missing'
           ELSE 'not_connected' END
         END));
   END $$`,

  `CREATE FUNCTION evergrant_told_before(c mcp_credentials, condition text) RETURNS webhook_streams
   LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
     SELECT ROW(NULL, NULL, 0, condition, c.id, c.generation)::webhook_streams
   $$`,

  `CREATE FUNCTION evergrant_credential_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     PERFORM evergrant_tell_condition(s.tenant_id, s.id, evergrant_told_before(OLD, evergrant_condition(OLD)), false)
     FROM (SELECT tenant_id, id FROM mcp_instances
       WHERE tenant_id = NEW.tenant_id AND credential_id = NEW.id ORDER BY id) AS s;
     RETURN NULL;
   END $$`,

  `CREATE FUNCTION evergrant_hold_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   DECLARE
     hold verdict_holds;
     former text;
   BEGIN
     IF TG_OP = 'DELETE' THEN hold := OLD; former := 'degraded';
     ELSE hold := NEW; former := 'requires_reauth'; END IF;
     PERFORM evergrant_tell_condition(s.tenant_id, s.id, evergrant_told_before(s.c, former), false)
     FROM (SELECT i.tenant_id, i.id, c FROM mcp_credentials c
         JOIN mcp_instances i ON i.tenant_id = c.tenant_id AND i.credential_id = c.id
       WHERE c.oauth_client_id = hold.oauth_client_id AND (hold.tenant_id IS NULL OR c.tenant_id = hold.tenant_id)
         AND c.verdict = 'suspect' AND c.suspected_at IS NOT NULL ORDER BY i.id) AS s;
     RETURN NULL;
   END $$`,

  `CREATE FUNCTION evergrant_instance_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   DECLARE
     stream webhook_streams;
   BEGIN
     IF TG_OP = 'UPDATE' THEN
       PERFORM evergrant_tell_condition(NEW.tenant_id, NEW.id,
         ROW(NULL, NULL, 0, CASE WHEN OLD.credential_id IS NULL THEN 'disconnected' END, OLD.credential_id, NULL)
           ::webhook_streams, true);
       RETURN NULL;
     END IF;
     IF OLD.credential_id IS NOT NULL AND evergrant_is_awaited(OLD.tenant_id, 'instance.disconnected') THEN
       stream := evergrant_hold_stream(OLD.tenant_id, OLD.id);
       PERFORM evergrant_raise_event(OLD.tenant_id, OLD.id, 'instance.disconnected', jsonb_build_object(
         'instanceId', OLD.id, 'name', OLD.name, 'externalId', OLD.external_id, 'provider', OLD.provider,
         'email', (SELECT email FROM mcp_credentials WHERE tenant_id = OLD.tenant_id AND id = OLD.credential_id),
         'requiresReauth', false, 'errorCode', NULL, 'reason', 'deleted'));
     END IF;
     -- It was the last event: none is raised for what is not there.
     DELETE FROM webhook_streams WHERE instance_id = OLD.id;
     RETURN NULL;
   END $$`,

  // Nothing of what the act says: that is read under the right to decide on it.
  `CREATE FUNCTION evergrant_approval_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   DECLARE
     event_type text := CASE TG_OP WHEN 'INSERT' THEN 'approval.requested' ELSE 'approval.decided' END;
     stream webhook_streams;
   BEGIN
     IF NOT evergrant_is_awaited(NEW.tenant_id, event_type) THEN RETURN NULL; END IF;
     stream := evergrant_hold_stream(NEW.tenant_id, NEW.instance_id);
     PERFORM evergrant_raise_event(NEW.tenant_id, NEW.instance_id, event_type, jsonb_build_object(
       'approvalId', NEW.id, 'instanceId', NEW.instance_id, 'kind', NEW.kind, 'reasons', to_jsonb(NEW.reasons),
       'recipients', NEW.recipients,
       'status', CASE NEW.state WHEN 'held' THEN 'pending' WHEN 'rejected' THEN 'rejected' WHEN 'expired' THEN 'expired'
         ELSE 'approved' END,
       'createdAt', evergrant_iso_instant(NEW.created_at),
       'expiresAt', evergrant_iso_instant(CASE TG_OP WHEN 'INSERT' THEN NEW.expires_at ELSE OLD.expires_at END),
       'decidedAt', evergrant_iso_instant(NEW.decided_at)));
     RETURN NULL;
   END $$`,

  `CREATE FUNCTION evergrant_mailbox_change_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   DECLARE
     stream webhook_streams;
   BEGIN
     IF NOT evergrant_is_awaited(NEW.tenant_id, 'mailbox.changed') THEN RETURN NULL; END IF;
     stream := evergrant_hold_stream(NEW.tenant_id, NEW.instance_id);
     PERFORM evergrant_raise_event(NEW.tenant_id, NEW.instance_id, 'mailbox.changed', jsonb_build_object(
       'instanceId', NEW.instance_id, 'kind', NEW.kind, 'historyId', NEW.history_id::text,
       'messageIds', to_jsonb(NEW.message_ids), 'threadIds', to_jsonb(NEW.thread_ids)));
     RETURN NULL;
   END $$`,

  `CREATE FUNCTION evergrant_iso_instant(instant timestamptz) RETURNS text LANGUAGE sql STABLE
   SET search_path FROM CURRENT AS $$
     SELECT to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
   $$`,
];

const functionNames = [
  ...['evergrant_is_awaited', 'evergrant_condition', 'evergrant_hold_stream', 'evergrant_raise_event'],
  ...[
    'evergrant_tell_condition',
    'evergrant_told_before',
    'evergrant_credential_told',
    'evergrant_hold_told',
  ],
  ...['evergrant_instance_told', 'evergrant_approval_told', 'evergrant_mailbox_change_told'],
  'evergrant_iso_instant',
];

// A path that does not name pg_temp begins with it: a temporary table of one of these names would take the event away.
const pinnedPaths = `DO $$
   DECLARE name text;
   BEGIN
     FOREACH name IN ARRAY ARRAY[${functionNames.map((name) => `'${name}'`).join(', ')}] LOOP
       EXECUTE format('ALTER FUNCTION %I SET search_path = %I, pg_temp', name, current_schema());
     END LOOP;
   END $$`;

// They run as the transaction ends, when it has all other locks that it takes.
const deferred = 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW';
const triggers = [
  // What every refresh writes is not among these, or as it was.
  `CREATE CONSTRAINT TRIGGER mcp_credentials_told
     AFTER UPDATE OF oauth_status, verdict, suspected_at, error_code ON mcp_credentials ${deferred}
     WHEN ((OLD.oauth_status, OLD.verdict, OLD.suspected_at, OLD.error_code)
       IS DISTINCT FROM (NEW.oauth_status, NEW.verdict, NEW.suspected_at, NEW.error_code))
     EXECUTE FUNCTION evergrant_credential_told()`,
  `CREATE CONSTRAINT TRIGGER verdict_holds_told AFTER INSERT OR DELETE ON verdict_holds ${deferred}
     EXECUTE FUNCTION evergrant_hold_told()`,
  `CREATE CONSTRAINT TRIGGER mcp_instances_told AFTER UPDATE OF credential_id OR DELETE ON mcp_instances ${deferred}
     EXECUTE FUNCTION evergrant_instance_told()`,
  `CREATE CONSTRAINT TRIGGER outbound_acts_held AFTER INSERT ON outbound_acts ${deferred}
     WHEN (NEW.state = 'held') EXECUTE FUNCTION evergrant_approval_told()`,
  `CREATE CONSTRAINT TRIGGER outbound_acts_decided AFTER UPDATE OF state ON outbound_acts ${deferred}
     WHEN (OLD.state = 'held' AND NEW.state <> 'held') EXECUTE FUNCTION evergrant_approval_told()`,
  `CREATE CONSTRAINT TRIGGER mailbox_changes_delivered AFTER INSERT ON mailbox_changes ${deferred}
     EXECUTE FUNCTION evergrant_mailbox_change_told()`,
];

const triggerTables = [
  ['mcp_credentials_told', 'mcp_credentials'],
  ['verdict_holds_told', 'verdict_holds'],
  ['mcp_instances_told', 'mcp_instances'],
  ['outbound_acts_held', 'outbound_acts'],
  ['outbound_acts_decided', 'outbound_acts'],
  ['mailbox_changes_delivered', 'mailbox_changes'],
] as const;
