/** Bodies of law under which yearly limits are attested, as the rules contracts name them. */
export const REGIMES = ['US-REG-CF', 'US-REG-D-506C', 'EU-ECSPR', 'CN-PRIVATE', 'OPEN'] as const;
