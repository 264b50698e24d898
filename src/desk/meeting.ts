/** Who an account is: known again, or introduced by name. */
import type { Intake, Introduced } from '../core/ports.ts';
import { type Heard, ownerOf } from '../core/units.ts';

/** Only an account that is not kept with anybody yet is asked about. */
export async function whose(intake: Intake, name: string, account: Heard): Promise<Introduced> {
  const { people } = await intake.world();
  const person = ownerOf(people, account);
  if (person?.ids?.[account.surface] !== undefined) return { person, namesake: false };
  return intake.introduce(name, { account });
}

/** Accounts that a surface remembers from before they were kept with people are kept now, so that nobody passes for free. */
export async function keepRemembered(intake: Intake, accounts: readonly Heard[]): Promise<void> {
  const { people } = await intake.world();
  for (const account of accounts) {
    const person = ownerOf(people, account);
    if (person && person.ids?.[account.surface] === undefined) await intake.introduce(person.name, { account });
  }
}
