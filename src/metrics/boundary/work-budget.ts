/** How much work is still allowed, in columns looked at; shared by all that a score is computed from. */
export interface WorkBudget {
  left: number
}
