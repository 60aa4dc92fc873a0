import ts from 'typescript';
import type { Finding } from './finding.js';
import type { Vocabulary } from './glossary.js';

/**
 * Finds banned terms in declared names: of functions, classes, types, variables, parameters and members.
 *
 * @param file The path to report in findings.
 * @param source The text of the TypeScript file.
 */
export function findBannedNames(file: string, source: string, { names, keptNames }: Vocabulary): Finding[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const name = getDeclaredName(node);
    if (name && !keptNames.has(name.text)) {
      const words = ` ${splitName(name.text).join(' ')} `;
      for (const { term, instead } of names) {
        if (!words.includes(` ${term} `)) continue;
        const line = parsed.getLineAndCharacterOfPosition(name.getStart()).line + 1;
        findings.push({ file, line, message: `the name ${name.text} says "${term}": write ${instead}` });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return findings;
}

/** The words of a name in lower case: `maxHTTPTries` and `MAX_HTTP_TRIES` are both `max`, `http`, `tries`. */
export function splitName(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_$-]+/)
    .filter((word) => word !== '');
}

function getDeclaredName(node: ts.Node): ts.Identifier | undefined {
  if (!ts.isNamedTupleMember(node) && !isDeclaration(node)) return undefined;
  return node.name && ts.isIdentifier(node.name) ? node.name : undefined;
}

const isDeclaration = (node: ts.Node): node is ts.NamedDeclaration & { readonly name?: ts.Node } =>
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isPropertySignature(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isMethodSignature(node) ||
  ts.isGetAccessor(node) ||
  ts.isSetAccessor(node);
