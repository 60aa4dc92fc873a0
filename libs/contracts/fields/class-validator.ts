/*
 * The parts of class-validator that the fields use, each imported from its own file. The package's index also loads the
 * checks of `validator` and the phone numbers of every country, which would triple the memory of every app (ADR 0021).
 */
export { ArrayMaxSize } from 'class-validator/cjs/decorator/array/ArrayMaxSize.js';
export { ArrayMinSize } from 'class-validator/cjs/decorator/array/ArrayMinSize.js';
export { IsDefined } from 'class-validator/cjs/decorator/common/IsDefined.js';
export { IsIn } from 'class-validator/cjs/decorator/common/IsIn.js';
export { IS_OPTIONAL, IsOptional } from 'class-validator/cjs/decorator/common/IsOptional.js';
export { ValidateBy } from 'class-validator/cjs/decorator/common/ValidateBy.js';
export { ValidatorConstraint } from 'class-validator/cjs/decorator/common/Validate.js';
export { ValidateIf } from 'class-validator/cjs/decorator/common/ValidateIf.js';
export { ValidateNested } from 'class-validator/cjs/decorator/common/ValidateNested.js';
export { Max } from 'class-validator/cjs/decorator/number/Max.js';
export { Min } from 'class-validator/cjs/decorator/number/Min.js';
export { Matches } from 'class-validator/cjs/decorator/string/Matches.js';
export { IsArray } from 'class-validator/cjs/decorator/typechecker/IsArray.js';
export { IsBoolean } from 'class-validator/cjs/decorator/typechecker/IsBoolean.js';
export { IsInt } from 'class-validator/cjs/decorator/typechecker/IsInt.js';
export { IsNumber } from 'class-validator/cjs/decorator/typechecker/IsNumber.js';
export { IsObject } from 'class-validator/cjs/decorator/typechecker/IsObject.js';
export { IsString } from 'class-validator/cjs/decorator/typechecker/IsString.js';
export { getMetadataStorage } from 'class-validator/cjs/metadata/MetadataStorage.js';
export { ValidationTypes } from 'class-validator/cjs/validation/ValidationTypes.js';
export { ValidationUtils } from 'class-validator/cjs/validation/ValidationUtils.js';
export type { ValidationOptions } from 'class-validator/cjs/decorator/ValidationOptions.js';
export type { ConstraintMetadata } from 'class-validator/cjs/metadata/ConstraintMetadata.js';
export type { ValidationMetadata } from 'class-validator/cjs/metadata/ValidationMetadata.js';
export type { ValidationArguments } from 'class-validator/cjs/validation/ValidationArguments.js';
