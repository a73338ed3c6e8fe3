import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailboxRules } from '../identity/index.js';
import { ActSeal } from './acts/act-seal.js';
import { ApprovalPageController } from './pages/approval-page.controller.js';
import { ApprovalsController } from './approvals/approvals.controller.js';
import { Approvals } from './approvals/approvals.js';
import { ApprovalViewers } from './approvals/approval-viewers.js';
import { OutboundRules } from './acts/outbound-rules.js';
import { ActDecisions } from './ledger/act-decisions.js';
import { ActPruning } from './ledger/act-pruning.js';
import { ActBytes } from './ledger/act-bytes.js';
import { ActLeases } from './ledger/act-leases.js';
import { ActTexts } from './ledger/act-texts.js';
import { OwnerSignInController } from './pages/owner-sign-in.controller.js';
import { OutboundActRow } from './ledger/outbound-act.entity.js';
import { OutboundActs } from './ledger/outbound-acts.js';
import { PolicyOptions } from './policy-options.js';
import { ReadFingerprint } from './memory/read-fingerprint.entity.js';
import { ReadFingerprints } from './memory/read-fingerprints.js';
import { HeldMailboxRules } from './rulings/held-mailbox-rules.js';
import { HeldPolicies } from './rulings/held-policies.js';
import { PolicyMetrics } from './rulings/policy-metrics.js';
import { PolicyRules } from './rulings/policy-rules.js';
import { ReadMemory } from './rulings/read-memory.js';
import type { SendLimits } from './sending/send-decision.js';
import { SendLimitMetrics } from './sending/send-limit-metrics.js';
import { SendQuota } from './sending/send-quota.js';
import { SendReservation } from './sending/send-reservation.entity.js';

/** What may leave a mailbox. */
@Module({})
export class PolicyModule {
  /**
   * @param actSeal provides {@link ActSeal}: the vault is not known here
   * @param masterKeys see {@link PolicyOptions}
   */
  static forRoot(
    sendLimits: SendLimits,
    actSeal: Provider<ActSeal>,
    masterKeys: readonly Buffer[],
  ): DynamicModule {
    return {
      module: PolicyModule,
      global: true,
      imports: [TypeOrmModule.forFeature([OutboundActRow, ReadFingerprint, SendReservation])],
      controllers: [ApprovalsController, ApprovalPageController, OwnerSignInController],
      providers: [
        { provide: PolicyOptions, useValue: new PolicyOptions(sendLimits, masterKeys) },
        { provide: OutboundRules, useClass: PolicyRules },
        { provide: MailboxRules, useClass: HeldMailboxRules },
        actSeal,
        ActBytes,
        ActDecisions,
        ActLeases,
        ActPruning,
        ActTexts,
        Approvals,
        ApprovalViewers,
        HeldPolicies,
        OutboundActs,
        PolicyMetrics,
        ReadFingerprints,
        ReadMemory,
        SendLimitMetrics,
        SendQuota,
      ],
      exports: [
        ActBytes,
        ActDecisions,
        ActLeases,
        ActPruning,
        ActTexts,
        MailboxRules,
        OutboundActs,
        OutboundRules,
        ReadMemory,
      ],
    };
  }
}
