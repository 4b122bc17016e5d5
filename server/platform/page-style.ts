/** How a page looks that the server draws itself: large, by day and by night, and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b2a41; --paper: #fff; --line: #64748b; --primary: #1f5fa8; --soft: #eef3f9; --alarm: #b42318; --met: #2f7d5b }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf4; --paper: #101822; --line: #93a1b5; --primary: #8ab8f0; --soft: #1a2533; --alarm: #ff9b8f; --met: #7fd1ab } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 40rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 "PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.5rem; line-height: 1.3 } h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem }
a { color: var(--primary) }
nav { display: flex; justify-content: space-between; gap: 1rem }
nav a, .links a { display: inline-block; padding: .6rem 0; min-height: 44px }
.links { list-style: none; padding: 0 } .links a { display: block; border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; margin: .5rem 0 }
.call { display: block; padding: .8rem 1rem; border: 2px solid var(--primary); border-radius: .5rem; font-weight: 700; text-decoration: none; margin: .5rem 0 }
.warn { border: 2px solid var(--alarm); border-radius: .5rem; padding: .5rem 1rem }
.problem { color: var(--alarm); font-weight: 700 }
.done { border-inline-start: 4px solid var(--met); padding-inline-start: .75rem; font-weight: 700 }
.said { background: var(--soft); border-inline-start: 4px solid var(--primary); padding: .75rem 1rem; white-space: pre-wrap }
form.step { border-top: 1px solid var(--line); margin-top: 1.5rem }
dt { font-weight: 700 } dd { margin: 0 0 .5rem }
label, legend { display: block; font-weight: 700; margin-top: 1rem } legend { margin: 0 0 .25rem; padding: 0 }
label.one { font-weight: 400; display: flex; gap: .6rem; align-items: center; min-height: 44px; margin: 0 }
fieldset { border: 0; padding: 0; margin: 1rem 0 }
.whole { white-space: nowrap }
input[type=text], input[type=tel], select, textarea { width: 100%; min-height: 44px; padding: .5rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); color: var(--ink); font: inherit }
input[type=checkbox], input[type=radio] { width: 1.4rem; height: 1.4rem; flex: none }
button { width: 100%; min-height: 3rem; margin-top: 1rem; border: 0; border-radius: .5rem; background: var(--primary); color: var(--paper); font: inherit; font-weight: 700 }
button.aside { background: none; color: var(--primary); border: 1px solid var(--primary) }
.hint { color: var(--ink); opacity: .85; font-size: 1rem; margin: .25rem 0 }
.code { border: 2px solid var(--ink); border-radius: .5rem; padding: 1rem; font: 700 1.5rem/1.6 ui-monospace, monospace; word-spacing: .3rem }
.qr svg { width: 11rem; height: 11rem; background: #fff }
@media print { nav, form, .links { display: none } }
`;
