import { Injectable } from '@nestjs/common';
import Provider from 'oidc-provider';
import { newSecret } from '../../identity/index.js';
import { SignInSeal } from '../storage/sign-in-seal.js';

const refreshTokenPrefix = 'egrt_';
const accessTokenPrefix = 'egpt_';

/**
 * Names tokens. A refresh token's successor follows from it, by a key that only the vault has: processes that get the
 * same refresh token at once, or again, all answer with the same successor, and none has to read it from anywhere.
 */
@Injectable()
export class SuccessorTokens {
  private readonly successors = new WeakMap<object, string>();

  constructor(private readonly seal: SignInSeal) {}

  /** To be called before the token of this request is replaced. */
  async prepare(ctx: object, refreshToken: string): Promise<void> {
    this.successors.set(ctx, refreshTokenPrefix + (await this.seal.derive('successor', refreshToken)));
  }

  /** Makes the models of a provider name their tokens so. */
  nameTokensOf(provider: Provider): void {
    const { successors } = this;
    Object.assign(provider.RefreshToken.prototype, {
      generateTokenId(): string {
        const { ctx } = Provider;
        return (ctx && successors.get(ctx)) ?? newSecret(refreshTokenPrefix);
      },
    });
    // What chooses the id also notes the format on the token.
    const { generateTokenId } = provider.AccessToken.prototype as unknown as Named;
    Object.assign(provider.AccessToken.prototype, {
      generateTokenId(this: Named): string {
        generateTokenId.call(this);
        return newSecret(accessTokenPrefix);
      },
    });
  }
}

interface Named {
  generateTokenId: (this: Named) => string;
}
